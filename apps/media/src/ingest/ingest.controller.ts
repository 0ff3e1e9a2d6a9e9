import { Controller } from '@nestjs/common';
import type { IngestRequest, QueryResponse } from '@facet/contracts';
import { AnswersQuery, QueryPayload } from '@facet/messaging';
import { IngestService } from './ingest.service';

@Controller()
export class IngestController {
  constructor(private readonly uploads: IngestService) {}

  @AnswersQuery('media.ingest')
  async ingest(@QueryPayload('media.ingest') request: IngestRequest): Promise<QueryResponse<'media.ingest'>> {
    return { blob: await this.uploads.ingest(request) };
  }
}
