import { Controller } from '@nestjs/common';
import type { ListQuery, QueryRequest, QueryResponse } from '@facet/contracts';
import { AnswersQuery, QueryPayload } from '@facet/messaging';
import { ImagesService } from './images.service';

@Controller()
export class ImagesController {
  constructor(private readonly images: ImagesService) {}

  @AnswersQuery('catalog.image.get')
  get(@QueryPayload('catalog.image.get') query: QueryRequest<'catalog.image.get'>): Promise<QueryResponse<'catalog.image.get'>> {
    return this.images.get(query);
  }

  @AnswersQuery('catalog.image.list')
  list(@QueryPayload('catalog.image.list') query: ListQuery): Promise<QueryResponse<'catalog.image.list'>> {
    return this.images.list(query);
  }

  @AnswersQuery('catalog.image.original')
  original(
    @QueryPayload('catalog.image.original') query: QueryRequest<'catalog.image.original'>,
  ): Promise<QueryResponse<'catalog.image.original'>> {
    return this.images.original(query);
  }

  @AnswersQuery('catalog.image.regenerations')
  async regenerations(
    @QueryPayload('catalog.image.regenerations') query: QueryRequest<'catalog.image.regenerations'>,
  ): Promise<QueryResponse<'catalog.image.regenerations'>> {
    return { images: await this.images.regenerations(query) };
  }

  @AnswersQuery('catalog.image.lineage')
  lineage(
    @QueryPayload('catalog.image.lineage') query: QueryRequest<'catalog.image.lineage'>,
  ): Promise<QueryResponse<'catalog.image.lineage'>> {
    return this.images.lineage(query);
  }
}
