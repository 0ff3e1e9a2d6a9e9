import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type {
  AppliedSequences,
  ExpiredImage,
  ExpiredQuery,
  ImageChanges,
  ImageNode,
  ImageRecord,
  ListQuery,
  Tombstone,
} from '@facet/contracts';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import { Error as MongooseError, mongo, trusted, Types, type Model } from 'mongoose';
import { SlowQueries } from '../mongo/slow-queries';
import { MongoTallies } from '../tallies/mongo-tallies';
import {
  documentOf,
  listedOfDocument,
  NODE_MEMBERS,
  nodeOfRow,
  PLACE_MEMBERS,
  placeOfRow,
  recordOfDocument,
} from './image-document.mapper';
import { anyPictureQuery } from './any-picture-query';
import { expiredQuery } from './expired-query';
import { ImageRepository, type ImagePage, type OwnedImage, type OwnedTree, type TreePlace } from './image.repository';
import { ImageDocument } from './image.schema';
import { listQuery } from './list-query';
import { hasTotal } from './list-total';
import { recordOfTombstone } from './tombstone.projection';
import { treeQuery, wholeTreeQuery } from './tree-query';

/** MongoDB's code for a key that is there already. */
const DUPLICATE_KEY = 11_000;

/** Remembers in MongoDB. Any number of processes may share it. */
@Injectable()
export class MongoImageRepository extends ImageRepository {
  private readonly tallies: MongoTallies;

  constructor(
    @InjectModel(ImageDocument.name) private readonly images: Model<ImageDocument>,
    // the type is written out, as Nest injects by it
    private readonly slowQueries: SlowQueries = new SlowQueries(),
  ) {
    super();
    this.tallies = new MongoTallies(images.db);
  }

  async insert(record: ImageRecord): Promise<'inserted' | 'duplicate'> {
    const outcome = await this.create(record);
    // also for a duplicate: who inserted it may have died before he counted
    await this.recount(record);
    return outcome;
  }

  /** Brings the totals up to date. To be called after every write that changed whether this picture is listed. */
  async recount(record: ImageRecord): Promise<void> {
    await this.ask('recount', this.tallies.recount(record));
  }

  async applyChange(image: OwnedImage, changes: ImageChanges, sequence: number): Promise<ImageRecord | null> {
    const { starred, title, tags } = changes;
    await Promise.all([
      starred === undefined ? null : this.applyTo(image, 'starred', { starred }, sequence),
      title === undefined ? null : this.applyTo(image, 'title', { title }, sequence),
      tags === undefined ? null : this.applyTo(image, 'tags', { tags }, sequence),
    ]);
    return this.findOwned(image);
  }

  async applyDeletion(image: OwnedImage, deletedAt: string | null, sequence: number): Promise<ImageRecord | null> {
    const values = { deleted_at: deletedAt === null ? null : new Date(deletedAt), listed: deletedAt === null };
    await this.applyTo(image, 'deletion', values, sequence);
    return this.recounted(await this.findOwned(image));
  }

  async applyPurging(image: OwnedImage, at: string): Promise<ImageRecord | null> {
    // index: _id
    const filter = { _id: new Types.ObjectId(image.image_id), user_id: image.user_id, purged_at: null };
    await this.ask(
      'purging',
      this.images.updateOne(filter, { $set: { deleted_at: new Date(at), purged_at: new Date(at), listed: false } }),
    );
    return this.recounted(await this.findOwned(image));
  }

  async applyPurged(tombstone: Tombstone): Promise<void> {
    const record = recordOfTombstone(tombstone);
    const document = documentOf(record);
    // index: _id
    await this.ask('tombstone', this.images.replaceOne({ _id: document._id }, document, { upsert: true }));
    await this.recounted(record);
  }

  async findById(id: string): Promise<ImageRecord | null> {
    // index: _id
    const found = await this.ask('one', this.images.findById(new Types.ObjectId(id)).lean<ImageDocument>());
    return found && recordOfDocument(found);
  }

  async list(query: ListQuery): Promise<ImagePage> {
    const { user_id, type, limit } = query;
    // index: as listIndexOf names it
    const page = this.ask('list', listQuery(this.images, query));
    const total = hasTotal(query) ? this.ask('total', this.tallies.total(user_id, type)) : null;
    const found = (await Promise.all([page, total]))[0];
    return { images: found.slice(0, limit).map(listedOfDocument), total: await total, has_more: found.length > limit };
  }

  async findTree(tree: OwnedTree): Promise<TreePlace[]> {
    // index: root_image_id, created_at, _id
    return (await this.ask('tree', treeQuery(this.images, tree, PLACE_MEMBERS))).map(placeOfRow);
  }

  async findNodes(tree: OwnedTree, ids?: readonly string[]): Promise<ImageNode[]> {
    // index: root_image_id, created_at, _id; for ids _id
    const query = ids ? treeQuery(this.images, tree, NODE_MEMBERS, ids) : wholeTreeQuery(this.images, tree, NODE_MEMBERS);
    const found = await this.ask('nodes of a tree', query);
    const nodes = found.map((row) => nodeOfRow(row, tree.root_image_id));
    return ids ? inOrderOf(ids, nodes) : nodes;
  }

  async hasOthers({ root_image_id, user_id }: OwnedTree, id: string): Promise<boolean> {
    // index: root_image_id, created_at, _id
    const others = {
      root_image_id: new Types.ObjectId(root_image_id),
      user_id,
      purged_at: null,
      _id: trusted({ $ne: new Types.ObjectId(id) }),
    };
    return (await this.ask('others of a tree', this.images.exists(others))) !== null;
  }

  async findExpired(query: ExpiredQuery): Promise<ExpiredImage[]> {
    // index: deleted_and_not_purged; of one user list_by_provider
    const found = await this.ask('expired', expiredQuery(this.images, query));
    return found.flatMap(({ _id, user_id, deleted_at, applied }) =>
      deleted_at === null ? [] : [{ id: _id.toHexString(), user_id, deleted_at: deleted_at.toISOString(), deletion: applied.deletion }],
    );
  }

  async hasPictures(userId: string): Promise<boolean> {
    // index: list_by_provider
    return (await this.ask('any of a user', anyPictureQuery(this.images, userId))) !== null;
  }

  async forgetUser(userId: string): Promise<boolean> {
    if (await this.hasPictures(userId)) {
      return false;
    }
    await this.ask('forget tallies', this.tallies.forget(userId));
    return true;
  }

  async lastSequence(): Promise<number> {
    // index: ornament_id
    const last = this.images.findOne({}, { ornament_id: 1 }).sort({ ornament_id: -1 }).lean<Pick<ImageDocument, 'ornament_id'>>();
    return (await this.ask('last sequence', last))?.ornament_id ?? 0;
  }

  async check(): Promise<ReadinessFacts> {
    await this.ask('ping', this.images.db.db?.admin().ping() ?? Promise.reject(new Error('not connected')));
    return { kept_in: 'mongodb' };
  }

  private async create(record: ImageRecord): Promise<'inserted' | 'duplicate'> {
    try {
      await this.slowQueries.time('insert', this.images.create(documentOf(record)));
      return 'inserted';
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY) {
        return 'duplicate';
      }
      throw repositoryError(error);
    }
  }

  /** One atomic update: what a later event has said of the same members stays. */
  private async applyTo(
    { image_id, user_id }: OwnedImage,
    member: keyof AppliedSequences,
    values: Partial<ImageDocument>,
    sequence: number,
  ): Promise<void> {
    // index: _id. Records of early versions have no sequence, which is not a higher one
    const filter = {
      _id: new Types.ObjectId(image_id),
      user_id,
      purged_at: null,
      [`applied.${member}`]: trusted({ $not: { $gte: sequence } }),
    };
    await this.ask('change', this.images.updateOne(filter, { $set: { ...values, [`applied.${member}`]: sequence } }));
  }

  /** Counts a picture in or out, also when it was changed by an earlier delivery: who did may have died before he counted. */
  private async recounted<T extends ImageRecord | null>(record: T): Promise<T> {
    if (record) {
      await this.recount(record);
    }
    return record;
  }

  private async ask<T>(name: string, work: PromiseLike<T>): Promise<T> {
    try {
      return await this.slowQueries.time(name, work);
    } catch (cause) {
      throw repositoryError(cause);
    }
  }

  private async findOwned({ image_id, user_id }: OwnedImage): Promise<ImageRecord | null> {
    const record = await this.findById(image_id);
    return record?.user_id === user_id ? record : null;
  }
}

function inOrderOf<T extends { id: string }>(ids: readonly string[], found: readonly T[]): T[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What the driver reports passes, as a rule, when the server is back; anything else is a fault of ours and stays one. */
function repositoryError(cause: unknown): FacetError {
  if (cause instanceof FacetError) {
    return cause;
  }
  return cause instanceof mongo.MongoError || cause instanceof MongooseError.MongooseServerSelectionError
    ? new FacetError('unavailable', 'The catalog cannot be reached at the moment.', { retryable: true, cause })
    : new FacetError('internal', 'The catalog could not do this.', { cause });
}
