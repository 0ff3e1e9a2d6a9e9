/** How the double answers one call, instead of as usual. */
export type CloudinaryBehaviour =
  | { kind: 'error'; status: number; message: string; headers?: Record<string, string> }
  | { kind: 'page'; status: number; type: string; body: Buffer }
  /** does its work and answers as usual, after a while */
  | { kind: 'slow'; ms: number }
  | { kind: 'dropped'; afterItsWork: boolean }
  | { kind: 'redirect'; to: string }
  | { kind: 'oversized'; bytes: number };

const error = (status: number, message: string, headers?: Record<string, string>): CloudinaryBehaviour => ({
  kind: 'error',
  status,
  message,
  headers,
});

/** The hour's end, as Cloudinary writes it. */
const nextHour = (): Date => new Date((Math.floor(Date.now() / 3_600_000) + 1) * 3_600_000);

/**
 * Everything that Cloudinary is known to do beside working. An API error is `{"error":{"message"}}`, a delivery error
 * the header `X-Cld-Error` (https://cloudinary.com/documentation/diagnosing_error_codes_tutorial).
 */
export const cloudinaryDoes = {
  /** The secret is wrong. */
  unauthorized: () => error(401, "Invalid Signature 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567. String to sign - 'public_id=x&timestamp=1'."),
  forbidden: () => error(403, 'API key is not allowed to do this'),
  unknownCloud: (cloud: string) => error(401, `Invalid cloud_name ${cloud}`),
  /**
   * 420 is Cloudinary's own status, which tells in words when it ends; 429 is the standard one.
   * https://cloudinary.com/documentation/admin_api#usage_limits
   */
  rateLimited: (status: 420 | 429 = 420, until = nextHour()) =>
    error(
      status,
      `Rate Limit Exceeded. Limit of 500 api operations reached. Try again on ${until.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
      { 'x-featureratelimit-limit': '500', 'x-featureratelimit-remaining': '0', 'x-featureratelimit-reset': until.toUTCString() },
    ),
  serverError: (status = 500) => error(status, 'General Error'),
  badRequest: (message = 'Invalid image file') => error(400, message),
  notFound: () => error(404, 'Resource not found'),
  slow: (ms: number): CloudinaryBehaviour => ({ kind: 'slow', ms }),
  /** The connection breaks: before anything was done, for a delivery in the middle of the body. */
  dropped: (): CloudinaryBehaviour => ({ kind: 'dropped', afterItsWork: false }),
  /** The work is done, and the answer is lost on its way. */
  answerLost: (): CloudinaryBehaviour => ({ kind: 'dropped', afterItsWork: true }),
  redirect: (to: string): CloudinaryBehaviour => ({ kind: 'redirect', to }),
  /** A body of so many bytes, without a content-length. */
  oversized: (bytes: number): CloudinaryBehaviour => ({ kind: 'oversized', bytes }),
  /** A delivery that calls itself `type` and is none. */
  notAnImage: (type = 'image/png'): CloudinaryBehaviour => ({ kind: 'page', status: 200, type, body: Buffer.from('<html>Hello</html>') }),
  /** An HTML page where JSON should be, as proxies and wrong addresses give. */
  htmlPage: (status = 502): CloudinaryBehaviour => ({
    kind: 'page',
    status,
    type: 'text/html',
    body: Buffer.from('<html>Bad gateway</html>'),
  }),
};
