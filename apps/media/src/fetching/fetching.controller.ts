import { Controller } from '@nestjs/common';
import type { QueryRequest, QueryResponse } from '@facet/contracts';
import { AnswersQuery, QueryPayload } from '@facet/messaging';
import { FetchingService } from './fetching.service';

@Controller()
export class FetchingController {
  constructor(private readonly fetching: FetchingService) {}

  @AnswersQuery('media.fetch')
  async fetch(@QueryPayload('media.fetch') request: QueryRequest<'media.fetch'>): Promise<QueryResponse<'media.fetch'>> {
    return { blob: await this.fetching.fetch(request) };
  }
}
