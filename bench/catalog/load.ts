import { anImageRecord } from '@facet/testing';
import { ImageType, type ImageRecord } from '@facet/contracts';
import { Types, type Connection } from 'mongoose';
import { documentOf } from '../../apps/catalog/src/images/image-document.mapper';
import type { ImageDocument } from '../../apps/catalog/src/images/image.schema';

/** Documents of one insert, and inserts on their way at once. */
const BATCH = 1_000;
const AT_ONCE = 4;

/** Pictures of the tree that is measured. */
const TREE_NODES = 1_000;

/** Every so many pictures begin a tree; the others are regenerations of the one before. */
const CHAIN = 4;

/** Pictures lie within this time, in ms: two years. */
const SPAN_MS = 730 * 86_400_000;
const BEGIN_MS = Date.UTC(2024, 10, 1);

const WORDS =
  'white marble gold silver ring brooch earrings shine soft light shadow sapphire pearl macro close vintage modern warm cold blue'.split(
    ' ',
  );

/** What was loaded. */
export interface Load {
  records: number;
  users: string[];
  /** who has a tenth of all pictures */
  heavyUser: string;
  /** first picture of his tree of a thousand */
  treeRoot: string;
  treeNodes: number;
}

/** Fills the collection past the service: all users alike, but one who has a tenth of all pictures. */
export async function load(database: Connection, records: number, userCount: number): Promise<Load> {
  const users = Array.from({ length: userCount }, (_, n) => `user-${n}`);
  const heavyUser = users[0] ?? '';
  const tree = { root: new Types.ObjectId().toHexString(), nodes: Math.min(TREE_NODES, Math.floor(records / 20)) };
  const images = database.collection<ImageDocument>('images');
  let made = 0;
  let before: ImageRecord | undefined;
  const next = (): ImageDocument => {
    const n = made++;
    before =
      n < tree.nodes
        ? nodeOfTree(n, heavyUser, tree.root)
        : ordinary(n, n % 10 === 0 ? heavyUser : (users[1 + (n % (userCount - 1))] ?? ''), records, before);
    return documentOf(before);
  };
  const worker = async (): Promise<void> => {
    while (made < records) {
      const batch = Array.from({ length: Math.min(BATCH, records - made) }, next);
      await images.insertMany(batch, { ordered: false, bypassDocumentValidation: true });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { records, users, heavyUser, treeRoot: tree.root, treeNodes: tree.nodes };
}

function nodeOfTree(n: number, user_id: string, root: string): ImageRecord {
  const own = anImageRecord({ user_id, created_at: new Date(BEGIN_MS + n * 1_000).toISOString(), ornament_id: n + 1 });
  return n === 0 ? { ...own, id: root, root_image_id: root } : { ...own, parent_image_id: root, root_image_id: root, depth: 1 };
}

function ordinary(n: number, user_id: string, records: number, before: ImageRecord | undefined): ImageRecord {
  const instruction = Array.from({ length: 6 }, (_, word) => WORDS[(n * (word + 3) + word) % WORDS.length]).join(' ');
  const own = anImageRecord({
    user_id,
    type: ImageType.options[n % ImageType.options.length] ?? 'white_background',
    created_at: new Date(BEGIN_MS + Math.floor((n / records) * SPAN_MS)).toISOString(),
    ornament_id: n + 1,
    starred: n % 20 === 3,
    instruction,
    original_prompt: instruction,
    prompt: instruction,
  });
  if (n % CHAIN === 0 || !before || before.user_id !== user_id) {
    return own;
  }
  return { ...own, type: before.type, parent_image_id: before.id, root_image_id: before.root_image_id, depth: before.depth + 1 };
}
