import {
  blockedAnswer,
  candidateAnswer,
  draftsAnswer,
  emptyAnswer,
  errorAnswer,
  finishedAnswer,
  pictureAnswer,
  type Answer,
} from './answers';
import {
  apiKeyInvalid,
  apiKeySuspended,
  deadlineExpired,
  internal,
  modelNotFound,
  preconditionFailed,
  quotaExhausted,
  unavailable,
} from './api-failures';
import { type Delivery } from './deliver';
import { asksFor, type GeminiCall } from './gemini-call';
import { invalidArgument, type GoogleApiError } from './google-api-error';
import { makePicture, type PictureOptions } from './made-picture';

/** What the double does with one call. Made by the functions of `gemini`. */
export interface GeminiBehaviour {
  /** pause before the answer; it ends when the client hangs up */
  readonly latencyMs: number;
  readonly delivery: Delivery;
  readonly answer: (call: GeminiCall) => Answer | Promise<Answer>;
}

interface GeneratedPicture {
  /** default `image/png` */
  mime?: 'image/png' | 'image/jpeg' | 'image/webp';
  /** px, default 64 */
  width?: number;
  /** px, default 48 */
  height?: number;
  /** default 0 */
  latencyMs?: number;
}

const FORMATS = { 'image/png': 'png', 'image/jpeg': 'jpeg', 'image/webp': 'webp' } as const;

/** Every way in which Gemini answers, or fails to. */
export const gemini = {
  /** a picture, another one on each call, after a sentence; text alone when the request does not ask for pictures */
  picture({ mime = 'image/png', latencyMs = 0, ...size }: GeneratedPicture = {}): GeminiBehaviour {
    return behaviour((call) => generated(call, 'picture', mime, { format: FORMATS[mime], ...size }), { latencyMs });
  },
  /** a picture of 80 px behind two drafts of 20 px */
  drafts: (): GeminiBehaviour =>
    behaviour(async (call) => {
      const of = async (width: number) => ({ mimeType: 'image/png', data: await makePicture({ width, height: width }) });
      return draftsAnswer(call, [await of(20), await of(20)], await of(80));
    }),
  /** the same, later */
  slow: (latencyMs: number): GeminiBehaviour => gemini.picture({ latencyMs }),

  /** 429; without `RetryInfo` when the delay (a protobuf duration) is empty or null */
  tooManyRequests: (retryDelay: string | null = '1s'): GeminiBehaviour => failure((call) => quotaExhausted(call.model, retryDelay)),
  /** 500 */
  serverError: (): GeminiBehaviour => failure(internal),
  /** 503 */
  overloaded: (): GeminiBehaviour => failure(unavailable),
  /** 504 */
  deadlineExceeded: (): GeminiBehaviour => failure(deadlineExpired),

  /** the connection is reset before the first byte of the answer */
  resetBeforeAnswer: (): GeminiBehaviour => broken('reset-before-answer'),
  /** 200, then the connection ends in the middle of the body */
  resetInBody: (): GeminiBehaviour => broken('reset-in-body'),
  /** 200 with a right content-length, and JSON that stops in the middle */
  truncatedJson: (): GeminiBehaviour => broken('truncated-json'),

  /** declared image/png, and no picture */
  notAPicture: (): GeminiBehaviour =>
    behaviour((call) => pictureAnswer(call, 'not-a-picture', { mimeType: 'image/png', data: Buffer.from('These bytes are no picture.') })),
  /** declared image/png, and really a WebP */
  wrongMime: (): GeminiBehaviour => behaviour((call) => generated(call, 'wrong-mime', 'image/png', { format: 'webp' })),
  /** a GIF, and declared so */
  unknownFormat: (): GeminiBehaviour => behaviour((call) => generated(call, 'unknown-format', 'image/gif', { format: 'gif' })),
  /** finished with STOP, and nothing but words */
  textOnly: (text = 'I can only describe that ornament in words.'): GeminiBehaviour =>
    behaviour((call) => candidateAnswer(call, 'text', { text })),
  /** 200 with neither candidates nor feedback */
  noCandidates: (): GeminiBehaviour => behaviour(emptyAnswer),

  /** 200 that refuses the prompt, such as `SAFETY`, `PROHIBITED_CONTENT`, `BLOCKLIST`, `IMAGE_SAFETY`, `OTHER` */
  blocked: (reason: string): GeminiBehaviour => behaviour((call) => blockedAnswer(call, reason)),
  /** 200 whose candidate ended for this reason and is empty, such as `SAFETY`, `IMAGE_SAFETY`, `NO_IMAGE`, `RECITATION` */
  finished: (reason: string): GeminiBehaviour => behaviour((call) => finishedAnswer(call, reason)),

  /** 400 INVALID_ARGUMENT */
  badArgument: (message = 'Request contains an invalid argument.'): GeminiBehaviour => failure(() => invalidArgument(message)),
  /** 400 FAILED_PRECONDITION: no billing, or not in this country */
  billing: (): GeminiBehaviour => failure(preconditionFailed),
  /** 400 INVALID_ARGUMENT with the reason API_KEY_INVALID */
  badKey: (): GeminiBehaviour => failure(apiKeyInvalid),
  /** 403 PERMISSION_DENIED: the key was suspended, and is repeated */
  forbidden: (key = 'test-key'): GeminiBehaviour => failure(() => apiKeySuspended(key)),
  /** 404 NOT_FOUND: the model was retired */
  modelGone: (): GeminiBehaviour => failure((call) => modelNotFound(call.model)),
};

function behaviour(
  answer: GeminiBehaviour['answer'],
  { latencyMs = 0, delivery = 'whole' }: Partial<Pick<GeminiBehaviour, 'latencyMs' | 'delivery'>> = {},
): GeminiBehaviour {
  return { latencyMs, delivery, answer };
}

const failure = (error: (call: GeminiCall) => GoogleApiError): GeminiBehaviour => behaviour((call) => errorAnswer(error(call)));

const broken = (delivery: Exclude<Delivery, 'whole'>): GeminiBehaviour =>
  behaviour((call) => generated(call, delivery, 'image/png', {}), { delivery });

async function generated(call: GeminiCall, answered: string, mimeType: string, options: PictureOptions): Promise<Answer> {
  if (!asksFor('IMAGE', call)) {
    return candidateAnswer(call, 'text', { text: 'A picture was not asked for.' });
  }
  const picture = { mimeType, data: await makePicture(options) };
  return asksFor('TEXT', call) ? pictureAnswer(call, answered, picture) : candidateAnswer(call, answered, { picture });
}
