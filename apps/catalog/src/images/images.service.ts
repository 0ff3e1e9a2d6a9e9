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
import { comparisonOf, isEnough } from './comparison';
import { ImageRepository, type OwnedTree, type TreePlace } from './image.repository';
import { ancestorsOf, commonAncestorOf, descendantsOf, neighbourhoodOf, pathTo } from './lineage';
import { partOf, runsOf } from './pieces';
import { wordsIn } from './prompt-words';

/** Which picture, and who asks. */
interface ImageOfUser {
  image_id: string;
  user_id: string;
}

/** Pictures of a way that are read at once, from its end back. */
const STEPS_AT_ONCE = 200;

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
    return this.piecesOf(record, descendantsOf(await this.images.findTree(record), record.id), asked);
  }

  /** All pictures that this one comes from, the first one first. */
  async ancestors(asked: RelativesQuery): Promise<NodesPiece[]> {
    const record = await this.get(asked);
    return this.piecesOf(record, ancestorsOf(await this.images.findTree(record), record.id), asked);
  }

  /** The tree that the picture belongs to, or what of it is near the picture, and the way from the first one to it. */
  async lineage({ direction, depth, ...asked }: LineageQuery): Promise<LineagePiece[]> {
    const record = await this.get(asked);
    const { id, root_image_id } = record;
    const tree = await this.images.findTree(record);
    const pieces = await this.piecesOf(record, neighbourhoodOf(tree, id, direction, depth), asked);
    const path = pathTo(tree, id).map((place) => place.id);
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
    const [toA, toB] = [pathTo(tree, a.id), pathTo(otherTree, b.id)];
    const at = commonAncestorOf(toA, toB);
    const [ancestor = null] = at ? await this.images.findNodes(a, [at.id]) : [];
    const wayTo = (record: ImageRecord, path: readonly TreePlace[]): Promise<ImageNode[]> =>
      this.endOf(record, path.slice(path.findIndex(({ id }) => id === at?.id) + 1));
    return comparisonOf({ record: a, way: await wayTo(a, toA) }, { record: b, way: await wayTo(b, toB) }, ancestor);
  }

  /** The wanted part of an answer. Of a large tree the places are read first, and then no more than the pictures of the part. */
  private async piecesOf(
    tree: OwnedTree,
    places: readonly TreePlace[],
    { limit, after }: Pick<RelativesQuery, 'limit' | 'after'>,
  ): Promise<NodesPiece[]> {
    const { ids, next } = partOf(places, limit, after);
    return runsOf(await this.images.findNodes(tree, ids)).map((nodes) => ({ nodes, next }));
  }

  /** The end of a way, as far as two pictures are compared by it: it may be thousands long. */
  private async endOf(tree: OwnedTree, way: readonly TreePlace[]): Promise<ImageNode[]> {
    let found: ImageNode[] = [];
    for (let end = way.length; end > 0 && !isEnough(found); end -= STEPS_AT_ONCE) {
      const run = way.slice(Math.max(0, end - STEPS_AT_ONCE), end).map(({ id }) => id);
      found = [...(await this.images.findNodes(tree, run)), ...found];
    }
    return found;
  }
}
