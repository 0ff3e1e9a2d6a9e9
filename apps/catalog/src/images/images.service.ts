import { Injectable } from '@nestjs/common';
import type {
  CompareQuery,
  Comparison,
  ExpiredImage,
  ExpiredQuery,
  ImageNode,
  ImagePage,
  ImageRecord,
  LineagePiece,
  LineageQuery,
  ListQuery,
  NodesPiece,
  RelativesQuery,
} from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { comparisonOf } from './comparison';
import { ImageRepository } from './image.repository';
import { ancestorsOf, descendantsOf, neighbourhoodOf, pathTo } from './lineage';
import { partOf, runsOf } from './pieces';
import { wordsIn } from './prompt-words';

/** Which picture, and who asks. */
interface ImageOfUser {
  image_id: string;
  user_id: string;
}

/** Ids in one message: a third of its megabyte. */
const IDS_PIECE = 10_000;

/** Answers what users may know of their pictures. Whose a picture is, is decided here and nowhere else. */
@Injectable()
export class ImagesService {
  constructor(private readonly images: ImageRepository) {}

  /** @throws FacetError `image_not_found`, `not_owner` */
  async get({ image_id, user_id }: ImageOfUser): Promise<ImageRecord> {
    const record = await this.images.findById(image_id);
    if (!record) {
      throw new FacetError('image_not_found', 'There is no such picture.');
    }
    if (record.user_id !== user_id) {
      throw new FacetError('not_owner', 'This picture belongs to somebody else.');
    }
    return record;
  }

  /** @throws FacetError `invalid_request` for a search without a word */
  async list(query: ListQuery): Promise<ImagePage> {
    if (query.q !== undefined && wordsIn(query.q).length === 0) {
      throw new FacetError('invalid_request', 'q: There is no word in it.', { details: { field: 'q' } });
    }
    return this.images.list(query);
  }

  /** For gateways alone, which ask for nobody in particular, or for a user whose account is being deleted. */
  async expired(query: ExpiredQuery): Promise<{ images: ExpiredImage[] }> {
    return { images: await this.images.findExpired(query) };
  }

  /** The first picture of the chain. */
  async original(asked: ImageOfUser): Promise<ImageRecord> {
    const { root_image_id } = await this.get(asked);
    return this.get({ image_id: root_image_id, user_id: asked.user_id });
  }

  /** All pictures made from this one, directly or not, depth-first. */
  async regenerations(asked: RelativesQuery): Promise<NodesPiece[]> {
    const record = await this.get(asked);
    return piecesOf(descendantsOf(await this.images.findTree(record), record.id), asked);
  }

  /** All pictures that this one comes from, the first one first. */
  async ancestors(asked: RelativesQuery): Promise<NodesPiece[]> {
    const record = await this.get(asked);
    return piecesOf(ancestorsOf(await this.images.findTree(record), record.id), asked);
  }

  /** The tree that the picture belongs to, or what of it is near the picture, and the way from the first one to it. */
  async lineage({ direction, depth, ...asked }: LineageQuery): Promise<LineagePiece[]> {
    const record = await this.get(asked);
    const { id, root_image_id } = record;
    const tree = await this.images.findTree(record);
    const pieces = piecesOf(neighbourhoodOf(tree, id, direction, depth), asked);
    const path = pathTo(tree, id).map((node) => node.id);
    const paths = Array.from({ length: Math.ceil(path.length / IDS_PIECE) }, (_, n) => path.slice(n * IDS_PIECE, (n + 1) * IDS_PIECE));
    const { next } = pieces[0] ?? { next: null };
    return [
      ...paths.map((ids) => ({ root_image_id, path: ids, nodes: [], next })),
      ...pieces.map((piece) => ({ root_image_id, path: [], ...piece })),
    ];
  }

  /** Two pictures beside one another; both must be the user's. */
  async compare({ other_id, ...asked }: CompareQuery): Promise<Comparison> {
    const a = await this.get(asked);
    const b = await this.get({ ...asked, image_id: other_id });
    const tree = await this.images.findTree(a);
    const otherTree = a.root_image_id === b.root_image_id ? tree : await this.images.findTree(b);
    return comparisonOf({ record: a, tree }, { record: b, tree: otherTree });
  }
}

function piecesOf(nodes: readonly ImageNode[], { limit, after }: Pick<RelativesQuery, 'limit' | 'after'>): NodesPiece[] {
  const part = partOf(nodes, limit, after);
  return runsOf(part.nodes).map((run) => ({ nodes: run, next: part.next }));
}
