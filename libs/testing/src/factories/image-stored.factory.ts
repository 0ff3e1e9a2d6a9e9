import { randomUUID } from 'node:crypto';
import type { ImageStored } from '@facet/contracts';
import { ObjectId } from 'bson';

/** A valid `image.stored` event of a first picture. */
export function anImageStored(partial: Partial<ImageStored> = {}): ImageStored {
  const image_id = partial.image_id ?? new ObjectId().toHexString();
  const user_id = partial.user_id ?? randomUUID();
  const blob = { mime: 'image/jpeg', width: 1600, height: 1200, bytes: 200_000, sha256: 'ab'.repeat(32) } as const;
  return {
    image_id,
    user_id,
    request_id: 'request-1',
    type: 'white_background',
    prompt: 'Remove the background and replace it with white. Make it shine',
    original_prompt: 'Remove the background and replace it with white. Make it shine',
    instruction: 'Make it shine',
    parent: null,
    inputs: [{ role: 'ornament', blob: { name: `${image_id}/ornament-0`, ...blob } }],
    options: { background_color: 'white' },
    reopened: 0,
    requested_at: '2026-11-23T10:00:00.000Z',
    result: { name: `${image_id}/result`, ...blob },
    generation: {
      provider: 'sandbox',
      model: 'sandbox-1',
      compiled_prompt: 'Make a studio product photograph.',
      settings: {},
      fallback: false,
      notes: [],
      usage: null,
      duration_ms: 12,
    },
    generated_image_url: `/media/${user_id}/${image_id}.jpg`,
    generated_image_path: `${user_id}/${image_id}.jpg`,
    assets: [{ role: 'ornament', url: `/media/${user_id}/${image_id}-ornament-0.jpg`, path: `${user_id}/${image_id}-ornament-0.jpg` }],
    ...partial,
  };
}
