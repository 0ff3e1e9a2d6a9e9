import { Injectable } from '@nestjs/common';
import type { Comparison, ImageNode } from '@facet/contracts';
import { PublicUrl } from '../images/public-url';
import type { LineageView } from './lineage.schemas';

/** Tells clients about trees of pictures. */
@Injectable()
export class LineagePresenter {
  constructor(private readonly publicUrl: PublicUrl) {}

  node(node: ImageNode) {
    const { generated_image_url: url } = node;
    return { ...node, generated_image_url: url === null ? null : this.publicUrl.of(url) };
  }

  /** From parent to child, for every picture of the answer whose parent is in it, or was in the part before. */
  edges(nodes: readonly ImageNode[], { after }: Pick<LineageView, 'after'>) {
    const present = new Set(nodes.map(({ id }) => id));
    return nodes.flatMap(({ id, parent_image_id: parent }) =>
      parent !== null && (present.has(parent) || after !== undefined) ? [{ from: parent, to: id }] : [],
    );
  }

  comparison({ a, b, common_ancestor, ...rest }: Comparison) {
    return { a: this.node(a), b: this.node(b), common_ancestor: common_ancestor && this.node(common_ancestor), ...rest };
  }
}
