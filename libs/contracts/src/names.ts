/**
 * Every name that Facet uses inside NATS. Code, documentation and tests take them from here.
 */

/** The event log: all `image.*` events, kept for ever unless a picture is purged. */
export const IMAGES_STREAM = 'IMAGES';

/** Events that no attempt could handle, with the reason in their headers. */
export const DEADLETTERS_STREAM = 'DEADLETTERS';

/** KV bucket of job states, key = image id. */
export const JOBS_BUCKET = 'jobs';

/** The stream behind `JOBS_BUCKET`: the steps of all jobs in order; a message's sequence is the key's revision. */
export const JOBS_BUCKET_STREAM = `KV_${JOBS_BUCKET}`;

/** KV bucket of the built-in login's accounts, key = digest of the e-mail address. */
export const ACCOUNTS_BUCKET = 'accounts';

/** KV bucket of refresh-token families, key = family id. */
export const SESSIONS_BUCKET = 'sessions';

/** KV bucket of what was destroyed, key = receipt id. */
export const RECEIPTS_BUCKET = 'receipts';

/** KV bucket of what users may still ask for, key = digest of the user id. */
export const QUOTAS_BUCKET = 'quotas';

/** KV bucket of the keys with which all gateways sign alike, key = what is signed. */
export const KEYS_BUCKET = 'keys';

/** KV bucket of what one replica alone is to do at a time, key = what. */
export const LEASES_BUCKET = 'leases';

/** KV bucket of how far the sweeps of the gateways have come, key = what is swept. */
export const SWEEPS_BUCKET = 'sweeps';

/** One message for every call of the image model in the last minute: the count that all replicas share. */
export const MODEL_CALLS_STREAM = 'MODEL_CALLS';

/** Subject of `MODEL_CALLS_STREAM`. */
export const MODEL_CALLS_SUBJECT = 'model.calls';

/** Object store of uploads and results in flight; a cache for regeneration. */
export const BLOBS_BUCKET = 'blobs';

/** Object store of finished assets when no Cloudinary is configured. */
export const MEDIA_BUCKET = 'media';

/** Subject under which the dead letter of an event is kept. */
export const deadLetterSubject = (subject: string): string => `deadletters.${subject}`;

/**
 * `Nats-Msg-Id` of an event, by which the server drops a repeated publish: one per picture and subject.
 *
 * @param changeId of an event that there may be several of for one picture
 */
export const eventMessageId = (imageId: string, subject: string, changeId?: string): string =>
  `${imageId}:${subject}${changeId === undefined ? '' : `:${changeId}`}`;

/** The picture that an event is about, by its `Nats-Msg-Id`, or `null` for an id that is not of Facet's kind. */
export const imageIdOfMessage = (messageId: string): string | null => /^([0-9a-f]{24}):/.exec(messageId)?.[1] ?? null;

/** Subject on which NATS announces every put of a job's key (a hint only: the key itself is the truth). */
export const jobHintSubject = (imageId: string): string => `$KV.${JOBS_BUCKET}.${imageId}`;

/** Subject on which the process that makes a picture answers, for as long as it does. */
export const makingSubject = (imageId: string): string => `generation.making.${imageId}`;

/**
 * Name of an upload as it came from the client. `upload` names the HTTP request: a repeat with the same idempotency
 * key works on the same image id at the same moment, and an object that is replaced breaks off whoever reads it.
 */
export const rawBlobName = (imageId: string, upload: string, n: number): string => `${imageId}/raw-${upload}-${n}`;

/** Name of an upload after it was made safe. @param ask 1, or more when media had to be asked again */
export const inputBlobName = (imageId: string, upload: string, n: number, ask = 1): string =>
  `${imageId}/input-${upload}-${n}${ask > 1 ? `-${ask}` : ''}`;

/** Name of the picture that the model made. */
export const resultBlobName = (imageId: string): string => `${imageId}/result`;
