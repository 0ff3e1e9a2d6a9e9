import { Types } from 'mongoose';
import type { ImageDocument } from '../images/image.schema';
import { promptWords } from '../images/prompt-words';
import type { Migration } from './migration';

/** Documents that are read and written at once: some megabytes. */
const BATCH = 1_000;

/** What every document has had from the beginning, and what was added since. */
type EarlyDocument = Pick<ImageDocument, '_id' | 'prompt' | 'original_prompt' | 'instruction'> & Partial<ImageDocument>;

const ADDED = ['starred', 'title', 'tags', 'deleted_at', 'purged_at', 'applied', 'listed', 'words'] as const;

/** Documents of early versions get the fields of what their owners say of pictures, and those by which lists find them. */
export const keepingAndWords: Migration = {
  version: 2,
  what: 'fields of keeping and finding',
  run: async (database) => {
    const images = database.collection<EarlyDocument>('images');
    const incomplete = ADDED.map((name) => ({ [name]: { $exists: false } }));
    for (let last = new Types.ObjectId('0'.repeat(24)); ;) {
      // index: _id
      const found = await images
        .find({ _id: { $gt: last }, $or: incomplete })
        .sort({ _id: 1 })
        .limit(BATCH)
        .toArray();
      const newest = found.at(-1);
      if (!newest) {
        return;
      }
      const writes = found.map((document) => ({ updateOne: { filter: { _id: document._id }, update: { $set: missingIn(document) } } }));
      await images.bulkWrite(writes, { ordered: false, writeConcern: { w: 'majority' } });
      last = newest._id;
    }
  },
};

function missingIn(document: EarlyDocument): Partial<ImageDocument> {
  const defaults = {
    starred: false,
    title: null,
    tags: [],
    deleted_at: null,
    purged_at: null,
    applied: { starred: 0, title: 0, tags: 0, deletion: 0 },
    listed: (document.deleted_at ?? null) === null,
    words: promptWords(document),
  };
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !(name in document)));
}
