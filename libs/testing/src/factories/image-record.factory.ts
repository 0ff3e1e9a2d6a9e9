import { untouched, type ImageRecord } from '@facet/contracts';
import { ObjectId } from 'bson';
import { anImageStored } from './image-stored.factory';

/** A valid record of a first picture. */
export function anImageRecord(partial: Partial<ImageRecord> = {}): ImageRecord {
  const id = partial.id ?? new ObjectId().toHexString();
  const event = anImageStored({ image_id: id, ...(partial.user_id !== undefined && { user_id: partial.user_id }) });
  const { user_id, type, prompt, original_prompt, instruction, options, generation, generated_image_url, generated_image_path, assets } =
    event;
  return {
    id,
    user_id,
    type,
    prompt,
    original_prompt,
    instruction,
    parent_image_id: null,
    root_image_id: id,
    depth: 0,
    // unique for every picture that the test makes
    ornament_id: parseInt(id.slice(-8), 16) + 1,
    generated_image_url,
    generated_image_path,
    assets,
    options,
    generation,
    width: event.result.width,
    height: event.result.height,
    created_at: event.requested_at,
    ...untouched(),
    ...partial,
  };
}
