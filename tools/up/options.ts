import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Environment } from './environment';
import { UpError } from './up-error';

/** The folders under apps/ that are processes of their own. */
export const SERVICES = ['generation', 'media', 'catalog', 'gateway'] as const;
export type Service = (typeof SERVICES)[number];

const DEFAULT_PORT = 8000;
/** Far above what one machine carries; catches a slip of the finger before it becomes a thousand processes. */
const MOST_REPLICAS = 32;

/** What `npm run up` was asked for. */
export interface UpOptions {
  /** absolute; everything that outlives a start is in it */
  dataDir: string;
  /** the gateway's port; 0 takes a free one */
  port: number;
  /** number of processes of each service */
  replicas: Readonly<Record<Service, number>>;
}

/**
 * Reads `DATA_DIR` and `PORT` from the environment and `--scale <service>=<n>` (repeatable, or several with commas) from
 * the arguments. `npm run up --scale media=2`, without the `--` that npm wants before arguments, is understood as well.
 *
 * @throws UpError naming the option and what is wrong with it
 */
export function readOptions(root: string, args: readonly string[], environment: Environment): UpOptions {
  return {
    dataDir: resolve(root, environment['DATA_DIR'] ?? '.data'),
    port: readPort(environment['PORT']),
    replicas: readReplicas(scaleArguments(args, environment), environment),
  };
}

function readPort(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UpError(`PORT must be a whole number from 0 to 65535, not "${text ?? ''}".`);
  }
  return port;
}

function scaleArguments(args: readonly string[], environment: Environment): string[] {
  // npm swallows an undeclared option: `--scale=a=1` ends up in this variable, `--scale a=1` leaves "true" here and `a=1` to us.
  const swallowed = (environment['npm_config_scale'] ?? '').split('\n').filter((text) => text !== '' && text !== 'true');
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { scale: { type: 'string', multiple: true } },
      allowPositionals: true,
    });
    return [...swallowed, ...(values.scale ?? []), ...positionals].flatMap((text) => text.split(','));
  } catch (error) {
    throw new UpError(`${error instanceof Error ? error.message : String(error)}. Usage: npm run up [-- --scale <service>=<n>]`);
  }
}

function readReplicas(scales: readonly string[], environment: Environment): Record<Service, number> {
  const replicas: Record<Service, number> = { generation: 1, media: 1, catalog: 1, gateway: 1 };
  for (const scale of scales) {
    const [name = '', count = ''] = scale.split('=');
    const service = SERVICES.find((known) => known === name);
    if (service === undefined) {
      throw new UpError(`--scale ${scale}: there is no service "${name}". The services are ${SERVICES.join(', ')}.`);
    }
    if (!/^\d+$/.test(count) || Number(count) < 1 || Number(count) > MOST_REPLICAS) {
      throw new UpError(`--scale ${scale}: the number of ${service} processes must be from 1 to ${MOST_REPLICAS}.`);
    }
    replicas[service] = Number(count);
  }
  if (replicas.catalog > 1 && environment['MONGODB_URI'] === undefined) {
    throw new UpError('--scale catalog: the embedded catalog lives in one process. Set MONGODB_URI to run more than one.');
  }
  return replicas;
}
