import { untouched, type ImageRecord, type ImageStored } from '@facet/contracts';

/**
 * What the catalog remembers of a stored picture: the same for the same event, however often it is replayed.
 *
 * @param sequence position of the event in the log
 */
export const recordOf = (event: ImageStored, sequence: number): ImageRecord => ({
  id: event.image_id,
  user_id: event.user_id,
  type: event.type,
  prompt: event.prompt,
  original_prompt: event.original_prompt,
  instruction: event.instruction,
  parent_image_id: event.parent?.image_id ?? null,
  root_image_id: event.parent?.root_image_id ?? event.image_id,
  depth: event.parent ? event.parent.depth + 1 : 0,
  ornament_id: sequence,
  generated_image_url: event.generated_image_url,
  generated_image_path: event.generated_image_path,
  assets: event.assets,
  options: event.options,
  generation: event.generation,
  width: event.result.width,
  height: event.result.height,
  // to the millisecond, whatever the event says: instants of one precision sort as text, and come back from MongoDB the same
  created_at: new Date(event.requested_at).toISOString(),
  ...untouched(),
});
