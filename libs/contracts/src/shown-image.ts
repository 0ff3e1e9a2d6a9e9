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

/** Pictures that a deployment keeps itself are stored root-relative, so that they survive a change of its address. */
export const publicUrlOf = (url: string, base: string): string => new URL(url, base).href;

/** A picture in a list, as its owner sees it. @param base see `PublicBase` */
export function shownImage(image: ListedImage, base: string): ShownImage {
  const { generation } = image;
  const upload = image.assets.find(({ role }) => role === 'ornament');
  return {
    id: image.id,
    prompt: image.prompt,
    type: image.type,
    uploaded_image_url: upload ? publicUrlOf(upload.url, base) : null,
    generated_image_url: publicUrlOf(image.generated_image_url, base),
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

/** A member of a tree, as its owner sees it. @param base see `PublicBase` */
export const shownNode = ({ generated_image_url: url, ...node }: ImageNode, base: string): ImageNode =>
  // in the order of the schema, which is that of the answer
  ({
    id: node.id,
    type: node.type,
    parent_image_id: node.parent_image_id,
    root_image_id: node.root_image_id,
    depth: node.depth,
    instruction: node.instruction,
    generated_image_url: url === null ? null : publicUrlOf(url, base),
    created_at: node.created_at,
    starred: node.starred,
    title: node.title,
    deleted: node.deleted,
  });
