import { Injectable } from '@nestjs/common';
import type { NodesPiece } from '@facet/contracts';
import { QueryClient } from '@facet/messaging';
import { ImagePresenter } from '../images/image.presenter';
import { LineagePresenter } from './lineage.presenter';
import type { LineageView, OneImage, Part, TwoImages } from './lineage.schemas';

/** Where pictures come from and what came of them, as their owners may see it. Whose they are, the catalog decides. */
@Injectable()
export class LineageService {
  constructor(
    private readonly queries: QueryClient,
    private readonly images: ImagePresenter,
    private readonly presenter: LineagePresenter,
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
    return this.nodes(await this.queries.askInPieces('catalog.image.regenerations', { image_id: id, user_id: userId, ...part }), part);
  }

  async ancestors({ id }: OneImage, part: Part, userId: string) {
    return this.nodes(await this.queries.askInPieces('catalog.image.ancestors', { image_id: id, user_id: userId, ...part }), part);
  }

  async lineage({ id }: OneImage, view: LineageView, userId: string) {
    const pieces = await this.queries.askInPieces('catalog.image.lineage', { image_id: id, user_id: userId, ...view });
    const nodes = pieces.flatMap((piece) => piece.nodes);
    return {
      success: true,
      root_image_id: pieces[0].root_image_id,
      path: pieces.flatMap(({ path }) => path),
      nodes: nodes.map((node) => this.presenter.node(node)),
      edges: this.presenter.edges(nodes, view),
      pagination: { limit: view.limit, next: pieces[0].next },
    };
  }

  async compare({ a, b }: TwoImages, userId: string) {
    const comparison = await this.queries.askPatiently('catalog.image.compare', { image_id: a, other_id: b, user_id: userId });
    return { success: true, ...this.presenter.comparison(comparison) };
  }

  private nodes(pieces: [NodesPiece, ...NodesPiece[]], { limit }: Part) {
    const images = pieces.flatMap(({ nodes }) => nodes).map((node) => this.presenter.node(node));
    return { success: true, images, pagination: { limit, next: pieces[0].next } };
  }
}
