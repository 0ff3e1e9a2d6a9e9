import { Injectable } from '@nestjs/common';
import { isTerminal, type ImageRecord, type Job } from '@facet/contracts';
import { JobStore, QueryClient } from '@facet/messaging';
import { FacetError } from '@facet/platform';

/** Jobs as their owners may see them. */
@Injectable()
export class JobsService {
  constructor(
    private readonly store: JobStore,
    private readonly queries: QueryClient,
  ) {}

  /**
   * A user's job. One whose key is gone by age is answered from the catalog.
   *
   * @throws FacetError `job_not_found`, `not_owner`
   */
  async get(imageId: string, userId: string): Promise<Job> {
    const found = await this.store.find(imageId);
    if (!found) {
      const record = await this.catalogedRecord(imageId, userId);
      if (!record) {
        throw new FacetError('job_not_found', 'There is no such job.');
      }
      return jobOf(record);
    }
    if (found.job.user_id !== userId) {
      throw new FacetError('not_owner', 'This job belongs to somebody else.');
    }
    return found.job;
  }

  /** Whether a picture of this user is being made under that id at the moment. */
  async isUnfinished(imageId: string, userId: string): Promise<boolean> {
    const found = await this.store.find(imageId);
    return found !== null && found.job.user_id === userId && !isTerminal(found.job.state);
  }

  /** What the catalog has of a picture, also when its job's key is gone by age, or `null`. */
  async catalogedRecord(imageId: string, userId: string): Promise<ImageRecord | null> {
    try {
      return await this.queries.askPatiently('catalog.image.get', { image_id: imageId, user_id: userId });
    } catch (error) {
      if (error instanceof FacetError && error.code === 'image_not_found') {
        return null;
      }
      throw error;
    }
  }
}

const jobOf = (record: ImageRecord): Job => ({
  id: record.id,
  user_id: record.user_id,
  request_id: '',
  type: record.type,
  state: 'succeeded',
  attempts: 0,
  requested_sequence: null,
  reopened: 0,
  stored: true,
  fingerprint: '',
  error: null,
  result: record,
  created_at: record.created_at,
  updated_at: record.created_at,
});
