import type { ImageRequested } from './image-requested';
import type { Job } from './job';

/** The job of a picture that was just asked for. @param fingerprint digest of the request; empty when it is not known */
export const queuedJob = (
  {
    image_id,
    user_id,
    request_id,
    type,
    requested_at,
  }: Pick<ImageRequested, 'image_id' | 'user_id' | 'request_id' | 'type' | 'requested_at'>,
  fingerprint: string,
): Job => ({
  id: image_id,
  user_id,
  request_id,
  type,
  state: 'queued',
  attempts: 0,
  requested_sequence: null,
  reopened: 0,
  stored: false,
  fingerprint,
  error: null,
  result: null,
  created_at: requested_at,
  updated_at: requested_at,
});
