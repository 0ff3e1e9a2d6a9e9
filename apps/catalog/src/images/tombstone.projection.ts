import { untouched, type ImageRecord, type Tombstone } from '@facet/contracts';

// what a record must have; nobody is shown it
const NOWHERE = 'purged:';
/** The provider of tombstones. */
export const NOBODY = 'purged';

/** What a picture that is to be purged leaves behind. @param at since when it is being purged */
export const tombstoneOf = (record: ImageRecord, at: string): Tombstone => {
  const { id, user_id, type, parent_image_id, root_image_id, depth, ornament_id, created_at } = record;
  return { image_id: id, user_id, type, parent_image_id, root_image_id, depth, ornament_id, created_at, purged_at: at };
};

/** What the catalog remembers of a purged picture: its place, and not a word of it. */
export const recordOfTombstone = ({ image_id, purged_at, ...place }: Tombstone): ImageRecord => ({
  ...untouched(),
  ...place,
  id: image_id,
  prompt: '',
  original_prompt: '',
  instruction: '',
  generated_image_url: NOWHERE,
  generated_image_path: NOWHERE,
  assets: [],
  options: {},
  generation: {
    provider: NOBODY,
    model: NOBODY,
    compiled_prompt: '',
    settings: {},
    fallback: false,
    notes: [],
    usage: null,
    duration_ms: 0,
  },
  width: 1,
  height: 1,
  deleted_at: purged_at,
  purged_at,
});

/** Whether a record is what is left of a picture. */
export const isTombstone = ({ generation }: Pick<ImageRecord, 'generation'>): boolean => generation.provider === NOBODY;
