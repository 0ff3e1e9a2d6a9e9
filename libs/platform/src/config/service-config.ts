import { z } from 'zod';

/** A whole number written in an environment variable. */
export const wholeNumber = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

/** What every service reads from the environment, beside its own settings. */
export const serviceConfigShape = {
  NATS_URL: z
    .string()
    .default('nats://127.0.0.1:4222')
    .describe('Where NATS listens; several servers of a cluster are separated by commas. Credentials may be part of the URL.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe log line that is written.'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('`json` for machines, `pretty` for a terminal.'),
  SERVICE_INSTANCE: z
    .string()
    .optional()
    .describe('Name of this process in its log lines, such as `generation-2`. Default: the service and its process id.'),
};

/** What every service reads that works on jobs. */
export const jobConfigShape = {
  JOB_DEADLINE_SECONDS: wholeNumber(1, 86_400)
    .default(600)
    .describe('Age of a job after which a step that failed is not tried again. Until then it is, while trying may help.'),
};

/** What every service reads that takes events off the log. */
export const stageConfigShape = {
  ...jobConfigShape,
  ACK_WAIT_SECONDS: wholeNumber(2, 600)
    .default(20)
    .describe('Silence of a process that works on an event after which another one gets it. The same for all processes of a service.'),
};

/** Address of a service's own HTTP port (health and metrics). */
export const ownPortShape = {
  HOST: z.string().default('127.0.0.1').describe('Address on which /health and /metrics listen. `0.0.0.0` in a container.'),
  PORT: wholeNumber(0, 65535).default(8000).describe('Port of /health and /metrics; 0 takes a free one.'),
};
export type ServiceConfig = z.infer<z.ZodObject<typeof serviceConfigShape & typeof ownPortShape>>;
