import { jobConfigShape, loadConfig, ownPortShape, serviceConfigShape, wholeNumber } from '@facet/platform';
import { z } from 'zod';
import { authConfigShape } from './auth/auth.config';

export const gatewayConfigSchema = z.object({
  ...serviceConfigShape,
  HOST: ownPortShape.HOST.default('0.0.0.0').describe('Address on which the API listens.'),
  PORT: ownPortShape.PORT.describe('Port of the API.'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe('How clients reach this deployment; pictures that it serves itself are named under it. Default: http://localhost:PORT.'),
  TRUST_PROXY: z
    .stringbool()
    .default(false)
    .describe('Believe `X-Forwarded-For` of a reverse proxy in front. Only with one: it decides whose address a rate limit counts.'),
  WAIT_SECONDS: wholeNumber(1, 3_600)
    .default(120)
    .describe('How long a request waits for its picture before it is answered with 202 and a job to follow.'),
  UPLOAD_MAX_BYTES: wholeNumber(1, 1_000_000_000).default(20_000_000).describe('Largest file of an upload, in bytes.'),
  USER_MAX_PENDING_JOBS: wholeNumber(1, 10_000)
    .default(200)
    .describe('Pictures of one user that may be in the making at once; further requests are answered with 429.'),
  USER_MAX_JOBS_PER_DAY: wholeNumber(1, 1_000_000)
    .default(2_000)
    .describe('Pictures that one user may ask for in a calendar day (UTC); further requests are answered with 429.'),
  DELETED_RETENTION_DAYS: wholeNumber(1, 3_650).default(7).describe('How long a deleted picture can be restored.'),
  RETENTION_SWEEP_SECONDS: wholeNumber(1, 86_400)
    .default(600)
    .describe('How often the gateways, one at a time, look for deleted pictures that can no longer be restored, and have them destroyed.'),
  ACCOUNT_SWEEP_SECONDS: wholeNumber(1, 3_600)
    .default(10)
    .describe('How often the gateways, one at a time, bring the deletion of accounts further.'),
  ...jobConfigShape,
  SWEEP_SECONDS: wholeNumber(1, 3_600)
    .default(30)
    .describe('How often the gateways, one at a time, look for jobs past their deadline that nobody works on any more, and end them.'),
  ...authConfigShape,
});
export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;

export const readGatewayConfig = (): GatewayConfig => loadConfig(gatewayConfigSchema, process.env);

/** Base of the URLs that clients see. */
export const publicUrlOf = (config: GatewayConfig): string => config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
