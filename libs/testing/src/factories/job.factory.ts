import { randomUUID } from 'node:crypto';
import type { Job } from '@facet/contracts';
import { ObjectId } from 'bson';

/** A valid job that has just been asked for. */
export const aJob = (partial: Partial<Job> = {}): Job => ({
  id: new ObjectId().toHexString(),
  user_id: randomUUID(),
  request_id: 'request-1',
  type: 'white_background',
  state: 'queued',
  attempts: 0,
  requested_sequence: null,
  reopened: 0,
  stored: false,
  fingerprint: 'f00d',
  error: null,
  result: null,
  created_at: '2026-11-23T10:00:00.000Z',
  updated_at: '2026-11-23T10:00:00.000Z',
  ...partial,
});

/** The job that an event belongs to. */
export const aJobOf = ({ image_id, user_id }: { image_id: string; user_id: string }, partial: Partial<Job> = {}): Job =>
  aJob({ id: image_id, user_id, ...partial });
