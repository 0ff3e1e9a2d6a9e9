import { z } from 'zod';
import { ImageNode } from './image-node';
import { ImageRecord } from './image-record';
import { GenerationFacts } from './image-generated';
import type { ListedImage } from './listed-image';

/** Base of the addresses that clients see, such as `https://facet.example.com`. */
export const PublicBase = z.url();

/** A picture in a list, as clients get it: in this order of members, with whole addresses. */
export const ShownImage = z.object({
  ...ImageRecord.pick({ id: true, prompt: true, type: true }).shape,
  uploaded_image_url: z.string().nullable(),
  ...ImageRecord.pick({ generated_image_url: true, created_at: true, parent_image_id: true, original_prompt: true }).shape,
  ...GenerationFacts.pick({ compiled_prompt: true, settings: true, usage: true, duration_ms: true }).shape,
  ...ImageRecord.pick({ starred: true, title: true, tags: true, root_image_id: true, depth: true }).shape,
  ...GenerationFacts.pick({ provider: true, model: true, fallback: true, notes: true }).shape,
  ...ImageRecord.pick({ width: true, height: true }).shape,
});
export type ShownImage = z.infer<typeof ShownImage>;

/** Tells the whole address of a picture that is stored at one, which may be root-relative. */
export type AddressOf = (url: string) => string;

/** Paths that a URL has as they are: nothing to escape, no dots that lead upwards. */
const PLAIN_PATH = /^(?:\/[\w-]+)+(?:\.\w+)?$/;

/**
 * Pictures that a deployment keeps itself are stored root-relative, so that they survive a change of its address.
 *
 * @param base see `PublicBase`
 */
export function addressesUnder(base: string): AddressOf {
  const { origin } = new URL(base);
  // a URL takes microseconds to make, and an answer has up to ten thousand
  return (url) => (PLAIN_PATH.test(url) ? `${origin}${url}` : new URL(url, base).href);
}

/** A picture in a list, as its owner sees it. */
export function shownImage(image: ListedImage, addressOf: AddressOf): ShownImage {
  const { generation } = image;
  const upload = image.assets.find(({ role }) => role === 'ornament');
  return {
    id: image.id,
    prompt: image.prompt,
    type: image.type,
    uploaded_image_url: upload ? addressOf(upload.url) : null,
    generated_image_url: addressOf(image.generated_image_url),
    created_at: image.created_at,
    parent_image_id: image.parent_image_id,
    original_prompt: image.original_prompt,
    compiled_prompt: generation.compiled_prompt,
    settings: generation.settings,
    usage: generation.usage,
    duration_ms: generation.duration_ms,
    starred: image.starred,
    title: image.title,
    tags: image.tags,
    root_image_id: image.root_image_id,
    depth: image.depth,
    provider: generation.provider,
    model: generation.model,
    fallback: generation.fallback,
    notes: generation.notes,
    width: image.width,
    height: image.height,
  };
}

/** A member of a tree, as its owner sees it. */
export const shownNode = (node: ImageNode, addressOf: AddressOf): ImageNode =>
  // in the order of the schema, which is that of the answer
  ({
    id: node.id,
    type: node.type,
    parent_image_id: node.parent_image_id,
    root_image_id: node.root_image_id,
    depth: node.depth,
    instruction: node.instruction,
    generated_image_url: node.generated_image_url === null ? null : addressOf(node.generated_image_url),
    created_at: node.created_at,
    starred: node.starred,
    title: node.title,
    deleted: node.deleted,
  });
