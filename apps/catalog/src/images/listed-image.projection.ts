import type { ImageRecord, ListedImage } from '@facet/contracts';
import type { ImagePlace } from './image.repository';

/** What a list shows beside a picture's place. */
type ListedFacts = Omit<ListedImage, keyof ImagePlace | 'assets'> & Pick<ImageRecord, 'assets'>;

/** A picture as a member of a list. */
export const listedOf = (record: ImageRecord): ListedImage => listedAt(record, record);

/** As `listedOf`, member by member, which takes half the time of a copy that is changed. */
export const listedAt = ({ id, parent_image_id, root_image_id, created_at }: ImagePlace, facts: ListedFacts): ListedImage => ({
  id,
  type: facts.type,
  prompt: facts.prompt,
  original_prompt: facts.original_prompt,
  parent_image_id,
  root_image_id,
  depth: facts.depth,
  generated_image_url: facts.generated_image_url,
  // uploads by their role, with what a client opens and without where they are stored
  assets: facts.assets.map(({ role, url }) => ({ role, url })),
  generation: facts.generation,
  width: facts.width,
  height: facts.height,
  created_at,
  starred: facts.starred,
  title: facts.title,
  tags: facts.tags,
});
