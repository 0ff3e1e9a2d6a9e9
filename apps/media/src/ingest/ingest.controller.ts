import { Controller } from '@nestjs/common';
import type { ImageInput, IngestRequest } from '@facet/contracts';
import { AnswersQuery, QueryPayload } from '@facet/messaging';
import { IngestService } from './ingest.service';

@Controller()
export class IngestController {
  constructor(private readonly uploads: IngestService) {}

  @AnswersQuery('media.ingest')
  ingest(@QueryPayload('media.ingest') request: IngestRequest): Promise<ImageInput> {
    return this.uploads.ingest(request);
  }
}
