import { Injectable } from '@nestjs/common';
import { shownNode, type ImageNode, type LineageFacts } from '@facet/contracts';
import { QueryClient, type PassedOn } from '@facet/messaging';
import { jsonAnswer, PassedList } from '../http/json-answer';
import { ImagePresenter } from '../images/image.presenter';
import { PublicUrl } from '../images/public-url';
import type { LineageView, OneImage, Part, TwoImages } from './lineage.schemas';

/** What is told of pictures on one side of a picture. */
type NodesPassage = PassedOn<'catalog.image.regenerations' | 'catalog.image.ancestors'>;

/** Where pictures come from and what came of them, as their owners may see it. Whose they are, the catalog decides. */
@Injectable()
export class LineageService {
  constructor(
    private readonly queries: QueryClient,
    private readonly images: ImagePresenter,
    private readonly publicUrl: PublicUrl,
  ) {}

  async image({ id }: OneImage, userId: string) {
    const record = await this.queries.askPatiently('catalog.image.get', { image_id: id, user_id: userId });
    return { success: true, image: this.images.shown(record) };
  }

  async original({ id }: OneImage, userId: string) {
    const record = await this.queries.askPatiently('catalog.image.original', { image_id: id, user_id: userId });
    return { success: true, image: this.images.shown(record) };
  }

  async regenerations({ id }: OneImage, part: Part, userId: string) {
    return nodesAnswer(await this.queries.askForPassages('catalog.image.regenerations', this.asked(id, part, userId)), part);
  }

  async ancestors({ id }: OneImage, part: Part, userId: string) {
    return nodesAnswer(await this.queries.askForPassages('catalog.image.ancestors', this.asked(id, part, userId)), part);
  }

  async lineage({ id }: OneImage, view: LineageView, userId: string) {
    const passages = await this.queries.askForPassages('catalog.image.lineage', this.asked(id, view, userId));
    const { root_image_id, next } = passages[0].facts;
    const list = (name: LineageFacts['list']): PassedList => listOf(passages.filter(({ facts }) => facts.list === name));
    return jsonAnswer({
      success: true,
      root_image_id,
      path: list('path'),
      nodes: list('nodes'),
      edges: list('edges'),
      pagination: { limit: view.limit, next },
    });
  }

  async compare({ a, b }: TwoImages, userId: string) {
    const comparison = await this.queries.askPatiently('catalog.image.compare', { image_id: a, other_id: b, user_id: userId });
    const { a: first, b: second, common_ancestor, ...rest } = comparison;
    return {
      success: true,
      a: this.shown(first),
      b: this.shown(second),
      common_ancestor: common_ancestor && this.shown(common_ancestor),
      ...rest,
    };
  }

  private shown(node: ImageNode): ImageNode {
    return shownNode(node, this.publicUrl.of);
  }

  private asked<T extends Part>(image_id: string, part: T, user_id: string) {
    return { image_id, user_id, public_url: this.publicUrl.base, ...part };
  }
}

const listOf = (passages: readonly { text: Uint8Array }[]): PassedList => new PassedList(passages.map(({ text }) => text));

function nodesAnswer(passages: [NodesPassage, ...NodesPassage[]], { limit }: Part): Buffer {
  return jsonAnswer({ success: true, images: listOf(passages), pagination: { limit, next: passages[0].facts.next } });
}
