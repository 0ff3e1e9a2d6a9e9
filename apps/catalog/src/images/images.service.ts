import { Injectable } from '@nestjs/common';
import type { ImagePage, ImageRecord, Lineage, ListQuery } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { ImageRepository } from './image.repository';
import { descendantsOf, pathTo } from './lineage';

/** Which picture, and who asks. */
interface ImageOfUser {
  image_id: string;
  user_id: string;
}

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

  list(query: ListQuery): Promise<ImagePage> {
    return this.images.list(query);
  }

  /** The first picture of the chain. */
  async original(asked: ImageOfUser): Promise<ImageRecord> {
    const { root_image_id } = await this.get(asked);
    return this.get({ image_id: root_image_id, user_id: asked.user_id });
  }

  /** All pictures made from this one, directly or not. */
  async regenerations(asked: ImageOfUser): Promise<ImageRecord[]> {
    const { id, root_image_id } = await this.get(asked);
    return descendantsOf(await this.images.findTree(root_image_id), id);
  }

  /** The whole tree that the picture belongs to. */
  async lineage(asked: ImageOfUser): Promise<Lineage> {
    const { id, root_image_id } = await this.get(asked);
    const images = await this.images.findTree(root_image_id);
    return { root_image_id, path: pathTo(images, id).map((record) => record.id), images };
  }
}
