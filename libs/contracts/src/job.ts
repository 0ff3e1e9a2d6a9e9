import { z } from 'zod';
import { ImageId, ImageType, UserId } from './image';
import { Stage } from './image-failed';
import { ImageRecord } from './image-record';

export const JobState = z.enum(['queued', 'generating', 'storing', 'cataloging', 'succeeded', 'failed', 'refused']);
export type JobState = z.infer<typeof JobState>;

/** Why a job ended without a picture. */
export const JobError = z.object({
  stage: Stage,
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  /** when another try may work at the earliest, if the provider said so */
  retry_after_seconds: z.int().positive().optional(),
});
export type JobError = z.infer<typeof JobError>;

/** A picture that is not finished yet, and for a week afterwards how it ended. */
export const Job = z.object({
  id: ImageId,
  user_id: UserId,
  request_id: z.string(),
  type: ImageType,
  state: JobState,
  /** deliveries that the present stage has needed */
  attempts: z.int().nonnegative(),
  /**
   * position in the log of the event by which the picture is made, once it is begun; a copy of that event is at another.
   * Absent in jobs of early versions.
   */
  requested_sequence: z.int().positive().nullable().default(null),
  /** how often it was begun anew after it had failed: each time by an event of its own. Absent in jobs of early versions. */
  reopened: z.int().nonnegative().default(0),
  /**
   * whether its picture is, or was about to be, on the log as stored. The catalog may enter it then, however the job has ended, so its
   * assets stay. Absent in jobs of early versions.
   */
  stored: z.boolean().default(false),
  /**
   * what it has put into the asset store is being taken away, until then at the latest: it is not begun anew meanwhile, as the assets of
   * the next attempt have the same names
   */
  held_until: z.iso.datetime().optional(),
  /** digest of the request, so that an idempotency key cannot be used for another one */
  fingerprint: z.string(),
  error: JobError.nullable(),
  result: ImageRecord.nullable(),
  /** revision of the step that ended it, once its owner has changed the picture since; that step may be forgotten by then */
  ended_revision: z.int().positive().optional(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type Job = z.infer<typeof Job>;
