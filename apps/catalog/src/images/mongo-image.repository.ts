import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ImageNode, ImagePage, ImageRecord, ListQuery } from '@facet/contracts';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import { Error as MongooseError, mongo, Types, type Model } from 'mongoose';
import { documentOf, NODE_PROJECTION, nodeOfDocument, recordOfDocument, type NodeDocument } from './image-document.mapper';
import { ImageRepository } from './image.repository';
import { ImageDocument } from './image.schema';

/** MongoDB's code for a key that is there already. */
const DUPLICATE_KEY = 11_000;

/** Remembers in MongoDB. Any number of processes may share it. */
@Injectable()
export class MongoImageRepository extends ImageRepository {
  constructor(@InjectModel(ImageDocument.name) private readonly images: Model<ImageDocument>) {
    super();
  }

  /** Makes the indexes that the queries below name. */
  async ensureIndexes(): Promise<void> {
    await this.images.createIndexes();
  }

  async insert(record: ImageRecord): Promise<'inserted' | 'duplicate'> {
    try {
      await this.images.create(documentOf(record));
      return 'inserted';
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY) {
        return 'duplicate';
      }
      throw repositoryError(error);
    }
  }

  async findById(id: string): Promise<ImageRecord | null> {
    // index: _id
    const found = await guard(this.images.findById(new Types.ObjectId(id)).lean<ImageDocument>());
    return found && recordOfDocument(found);
  }

  async list({ user_id, type, page, limit }: ListQuery): Promise<ImagePage> {
    const filter = { user_id, ...(type && { type }) };
    // index: user_id, created_at, _id; with a type: user_id, type, created_at, _id
    const newestFirst = this.images
      .find(filter)
      .sort({ created_at: -1, _id: -1 })
      .skip((page - 1) * limit)
      .limit(limit)
      .lean<ImageDocument[]>();
    const [found, total] = await Promise.all([guard(newestFirst), guard(this.images.countDocuments(filter))]);
    return { images: found.map(recordOfDocument), total };
  }

  async findTree(rootImageId: string): Promise<ImageNode[]> {
    // index: root_image_id, created_at, _id
    const oldestFirst = this.images
      .find({ root_image_id: new Types.ObjectId(rootImageId) }, NODE_PROJECTION)
      .sort({ created_at: 1, _id: 1 })
      .lean<NodeDocument[]>();
    return (await guard(oldestFirst)).map(nodeOfDocument);
  }

  async lastSequence(): Promise<number> {
    // index: ornament_id
    const last = this.images.findOne({}, { ornament_id: 1 }).sort({ ornament_id: -1 }).lean<Pick<ImageDocument, 'ornament_id'>>();
    return (await guard(last))?.ornament_id ?? 0;
  }

  async check(): Promise<ReadinessFacts> {
    await guard(this.images.db.db?.admin().ping() ?? Promise.reject(new Error('not connected')));
    return { kept_in: 'mongodb' };
  }
}

/** What the driver reports passes, as a rule, when the server is back; anything else is a fault of ours and stays one. */
function repositoryError(cause: unknown): FacetError {
  return cause instanceof mongo.MongoError || cause instanceof MongooseError.MongooseServerSelectionError
    ? new FacetError('unavailable', 'The catalog cannot be reached at the moment.', { retryable: true, cause })
    : new FacetError('internal', 'The catalog could not do this.', { cause });
}

async function guard<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw repositoryError(cause);
  }
}
