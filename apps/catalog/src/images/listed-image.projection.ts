import type { ImageRecord, ListedImage } from '@facet/contracts';

/** A picture as a member of a list. */
export const listedOf = (record: ImageRecord): ListedImage => ({
  id: record.id,
  type: record.type,
  prompt: record.prompt,
  original_prompt: record.original_prompt,
  parent_image_id: record.parent_image_id,
  root_image_id: record.root_image_id,
  depth: record.depth,
  generated_image_url: record.generated_image_url,
  assets: listedAssets(record.assets),
  generation: record.generation,
  width: record.width,
  height: record.height,
  created_at: record.created_at,
  starred: record.starred,
  title: record.title,
  tags: record.tags,
});

/** Uploads by their role, with what a client opens and without where they are stored. */
export const listedAssets = (assets: ImageRecord['assets']): ListedImage['assets'] => assets.map(({ role, url }) => ({ role, url }));
