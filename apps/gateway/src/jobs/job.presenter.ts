import { Injectable } from '@nestjs/common';
import type { Job } from '@facet/contracts';
import { ImagePresenter } from '../images/image.presenter';

/** Tells clients about jobs. */
@Injectable()
export class JobPresenter {
  constructor(private readonly images: ImagePresenter) {}

  /** A job by its id alone, as in the answer to a request that does not wait. */
  accepted(id: string, state: Job['state']) {
    return { id, state, links: { self: `/jobs/${id}`, events: `/jobs/${id}/events` } };
  }

  shown(job: Job) {
    const { id, state, type, attempts, error, result, created_at, updated_at } = job;
    return { ...this.accepted(id, state), type, attempts, error, image: result && this.images.shown(result), created_at, updated_at };
  }
}
