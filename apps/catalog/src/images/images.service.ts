import { Injectable } from '@nestjs/common';
import {
  addressesUnder,
  shownImage,
  shownNode,
  type CompareQuery,
  type Comparison,
  type ExpiredImage,
  type ExpiredQuery,
  type ImageNode,
  type ImageRecord,
  type LineageQuery,
  type PassedMember,
  type RelativesQuery,
  type ShownListQuery,
} from '@facet/contracts';
import { Passage } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { comparisonOf, isEnough } from './comparison';
import { ImageRepository, type OwnedTree, type TreePlace } from './image.repository';
import { ancestorsOf, commonAncestorOf, descendantsOf, edgesOf, neighbourhoodOf, pathTo } from './lineage';
import { bytesOfListed, bytesOfNode, chunksOf, partOf, runsOf } from './pieces';
import { wordsIn } from './prompt-words';

/** Which picture, and who asks. */
interface ImageOfUser {
  image_id: string;
  user_id: string;
}

/** Finds an answer in a tree, be it of places or of nodes. */
type Walk = <T extends TreePlace>(tree: readonly T[]) => T[];

type PartAsked = Pick<RelativesQuery, 'limit' | 'after' | 'public_url'>;

interface PartFound {
  runs: ImageNode[][];
  next: string | null;
  tree: readonly TreePlace[];
}

/**
 * For so many pictures at most the places of their tree are read first, and then they alone, by their ids; for more the whole tree
 * at once, which takes a tenth of the time for each.
 */
const MOST_BY_ID = 1_000;

/** Pictures of a way that are read at once, from its end back. */
const STEPS_AT_ONCE = 200;

/** Ids, and steps from one to another, in one message: as with nodes, less than 128 KB. */
const IDS_PIECE = 4_000;
const EDGES_PIECE = 2_000;

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

  /**
   * A page. Whole prompts grow from step to step: a hundred may be more than one message holds.
   *
   * @throws FacetError `invalid_request` for a search without a word
   */
  async list({ public_url, ...query }: ShownListQuery): Promise<Passage<'catalog.image.list'>[]> {
    if (query.q !== undefined && wordsIn(query.q).length === 0) {
      throw new FacetError('invalid_request', 'q: There is no word in it.', { details: { field: 'q' } });
    }
    const { images, total, has_more } = await this.images.list(query);
    const [last, addressOf] = [images.at(-1), addressesUnder(public_url)];
    const facts = { total, has_more, last: last ? { created_at: last.created_at, id: last.id } : null };
    const shown = images.map((image) => shownImage(image, addressOf));
    return runsOf(shown, bytesOfListed).map((run) => new Passage<'catalog.image.list'>(facts, run));
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
  async regenerations(asked: RelativesQuery): Promise<Passage<'catalog.image.regenerations'>[]> {
    const record = await this.get(asked);
    const { runs, next } = await this.part(record, (tree) => descendantsOf(tree, record.id), asked);
    return runs.map((nodes) => new Passage<'catalog.image.regenerations'>({ next }, nodes));
  }

  /** All pictures that this one comes from, the first one first. */
  async ancestors(asked: RelativesQuery): Promise<Passage<'catalog.image.ancestors'>[]> {
    const record = await this.get(asked);
    const { runs, next } = await this.part(record, (tree) => ancestorsOf(tree, record.id), asked);
    return runs.map((nodes) => new Passage<'catalog.image.ancestors'>({ next }, nodes));
  }

  /** The tree that the picture belongs to, or what of it is near the picture, and the way from the first one to it. */
  async lineage({ direction, depth, ...asked }: LineageQuery): Promise<Passage<'catalog.image.lineage'>[]> {
    const record = await this.get(asked);
    const { id, root_image_id } = record;
    const { tree, runs, next } = await this.part(record, (all) => neighbourhoodOf(all, id, direction, depth), asked);
    const path = idsOf(pathTo(tree, id));
    const edges = edgesOf(runs.flat(), asked.after !== undefined);
    const passage = (list: 'path' | 'nodes' | 'edges', members: PassedMember<'catalog.image.lineage'>[]) =>
      new Passage<'catalog.image.lineage'>({ root_image_id, next, list }, members);
    return [
      ...chunksOf(path, IDS_PIECE).map((ids) => passage('path', ids)),
      ...runs.map((nodes) => passage('nodes', nodes)),
      ...chunksOf(edges, EDGES_PIECE).map((some) => passage('edges', some)),
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

  /** The wanted part of an answer, in runs, and the tree that it was found in. */
  private async part(tree: OwnedTree, walk: Walk, { limit, after, public_url }: PartAsked): Promise<PartFound> {
    const addressOf = addressesUnder(public_url);
    const found = (nodes: readonly ImageNode[], next: string | null, all: readonly TreePlace[]): PartFound => ({
      runs: runsOf(
        nodes.map((node) => shownNode(node, addressOf)),
        bytesOfNode,
      ),
      next,
      tree: all,
    });
    if (limit > MOST_BY_ID) {
      const nodes = await this.images.findNodes(tree);
      const { members, next } = partOf(walk(nodes), limit, after);
      return found(members, next, nodes);
    }
    const places = await this.images.findTree(tree);
    const { members, next } = partOf(walk(places), limit, after);
    return found(await this.images.findNodes(tree, idsOf(members)), next, places);
  }

  /** The end of a way, as far as two pictures are compared by it: it may be thousands long. */
  private async endOf(tree: OwnedTree, way: readonly TreePlace[]): Promise<ImageNode[]> {
    let found: ImageNode[] = [];
    for (let end = way.length; end > 0 && !isEnough(found); end -= STEPS_AT_ONCE) {
      const run = way.slice(Math.max(0, end - STEPS_AT_ONCE), end);
      found = [...(await this.images.findNodes(tree, idsOf(run))), ...found];
    }
    return found;
  }
}

const idsOf = (pictures: readonly { id: string }[]): string[] => pictures.map(({ id }) => id);
