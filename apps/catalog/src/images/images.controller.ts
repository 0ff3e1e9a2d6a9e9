import { Controller } from '@nestjs/common';
import type {
  CompareQuery,
  Comparison,
  ExpiredQuery,
  LineageQuery,
  QueryRequest,
  QueryResponse,
  RelativesQuery,
  ShownListQuery,
} from '@facet/contracts';
import { AnswersQuery, QueryPayload, type Passage } from '@facet/messaging';
import { from, type Observable } from 'rxjs';
import { ImagesService } from './images.service';

@Controller()
export class ImagesController {
  constructor(private readonly images: ImagesService) {}

  @AnswersQuery('catalog.image.get')
  get(@QueryPayload('catalog.image.get') query: QueryRequest<'catalog.image.get'>): Promise<QueryResponse<'catalog.image.get'>> {
    return this.images.get(query);
  }

  @AnswersQuery('catalog.image.list')
  async list(@QueryPayload('catalog.image.list') query: ShownListQuery): Promise<Observable<Passage<'catalog.image.list'>>> {
    return from(await this.images.list(query));
  }

  @AnswersQuery('catalog.image.expired')
  expired(@QueryPayload('catalog.image.expired') query: ExpiredQuery): Promise<QueryResponse<'catalog.image.expired'>> {
    return this.images.expired(query);
  }

  @AnswersQuery('catalog.image.original')
  original(
    @QueryPayload('catalog.image.original') query: QueryRequest<'catalog.image.original'>,
  ): Promise<QueryResponse<'catalog.image.original'>> {
    return this.images.original(query);
  }

  @AnswersQuery('catalog.image.regenerations')
  async regenerations(
    @QueryPayload('catalog.image.regenerations') query: RelativesQuery,
  ): Promise<Observable<Passage<'catalog.image.regenerations'>>> {
    return from(await this.images.regenerations(query));
  }

  @AnswersQuery('catalog.image.ancestors')
  async ancestors(@QueryPayload('catalog.image.ancestors') query: RelativesQuery): Promise<Observable<Passage<'catalog.image.ancestors'>>> {
    return from(await this.images.ancestors(query));
  }

  @AnswersQuery('catalog.image.lineage')
  async lineage(@QueryPayload('catalog.image.lineage') query: LineageQuery): Promise<Observable<Passage<'catalog.image.lineage'>>> {
    return from(await this.images.lineage(query));
  }

  @AnswersQuery('catalog.image.compare')
  compare(@QueryPayload('catalog.image.compare') query: CompareQuery): Promise<Comparison> {
    return this.images.compare(query);
  }
}
