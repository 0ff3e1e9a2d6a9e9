import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { type Environment, readEnvironment } from './environment';
import { keptJwtSecret } from './jwt-secret';
import { natsProgram } from './nats-process';
import { defaultSearch, findNatsServer } from './nats-server-binary';
import { readOptions, SERVICES, type Service, type UpOptions } from './options';
import { PidFiles } from './pid-files';
import { claimPublicPort, InternalPorts } from './ports';
import { gatewayProgram, serviceProgram, type ServiceStart } from './service-programs';
import { lockDataDir } from './start-lock';
import { KILL_AFTER_MS, Supervisor } from './supervisor';
import { UpError } from './up-error';

/** What the command is called with. */
export interface UpCall {
  /** the project's root, above dist/ */
  root: string;
  args: readonly string[];
  environment: Environment;
  say: (line: string) => void;
  /** aborted when everything is to stop */
  stop: AbortSignal;
}

/**
 * Starts NATS and the services, says `ready <url>`, keeps them running until told to stop, and stops them.
 *
 * @throws UpError when something the caller can mend is in the way; nothing is left running then
 */
export async function up(call: UpCall): Promise<void> {
  const environment = readEnvironment(call.root, call.environment);
  const options = readOptions(call.root, call.args, environment);
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(options.dataDir);
  try {
    await runUntilStopped(call, options, environment);
  } finally {
    unlock();
  }
}

async function runUntilStopped(call: UpCall, options: UpOptions, environment: Environment): Promise<void> {
  const { say, stop } = call;
  const pidFiles = new PidFiles(options.dataDir);
  const ended = await pidFiles.endLeftovers(KILL_AFTER_MS);
  if (ended.length > 0) {
    say(`ended what was left of an earlier run: ${ended.join(', ')}`);
  }
  const supervisor = new Supervisor(pidFiles, say);
  const stopped = stop.aborted ? Promise.resolve() : once(stop, 'abort');
  try {
    await Promise.race([stopped, startAll(call, options, environment, supervisor)]);
    await stopped;
  } finally {
    if (stop.aborted) {
      say('stopping');
    }
    await supervisor.stop();
  }
  say('stopped');
}

async function startAll(call: UpCall, options: UpOptions, environment: Environment, supervisor: Supervisor): Promise<void> {
  const host = environment['HOST'] ?? '0.0.0.0';
  const port = await claimPublicPort(options.port, host);
  const ports = new InternalPorts(port + 1);
  const natsUrl = environment['NATS_URL'] ?? (await startNats(call, options, environment, ports, supervisor));
  const serviceEnvironment = {
    PUBLIC_URL: `http://localhost:${port}`,
    LOG_FORMAT: process.stdout.isTTY ? 'pretty' : 'json',
    ...environment,
    NATS_URL: natsUrl,
  };
  call.say(chosenParts(environment));

  const secret = keptJwtSecret(options.dataDir, environment);
  const gatewayEnvironment = secret === undefined ? serviceEnvironment : { ...serviceEnvironment, JWT_SECRET: secret };
  const starts = SERVICES.flatMap((service) => replicasOf(service, call, options, serviceEnvironment));
  call.say(`starting ${starts.map(({ service, replica }) => `${service}-${replica}`).join(', ')}`);
  const gateways = starts
    .filter(({ service }) => service === 'gateway')
    .map((start) => gatewayProgram({ ...start, environment: gatewayEnvironment }, port, host));
  const services = await Promise.all(starts.filter(({ service }) => service !== 'gateway').map((start) => serviceProgram(start, ports)));
  call.stop.throwIfAborted();
  await Promise.all([supervisor.start('service', services), supervisor.start('gateway', gateways)]);
  if (!call.stop.aborted) {
    call.say(`ready http://localhost:${port}`);
  }
}

async function startNats(
  call: UpCall,
  options: UpOptions,
  environment: Environment,
  ports: InternalPorts,
  supervisor: Supervisor,
): Promise<string> {
  const server = await findNatsServer({ ...defaultSearch(call.root, environment), say: call.say, signal: call.stop });
  const [client, monitoring] = [await ports.take(), await ports.take()];
  call.stop.throwIfAborted();
  const program = natsProgram(server, options.dataDir, { client, monitoring });
  call.say(`starting nats-1: ${server.path} ${server.version} on 127.0.0.1:${client}, data in ${options.dataDir}`);
  try {
    await supervisor.start('broker', [program]);
  } catch (error) {
    call.stop.throwIfAborted();
    throw new UpError(`${error instanceof Error ? error.message : String(error)}\n${program.lastLogLines()}`);
  }
  return program.url;
}

function replicasOf(service: Service, call: UpCall, options: UpOptions, environment: Environment): ServiceStart[] {
  const replicas = Array.from({ length: options.replicas[service] }, (_, index) => index + 1);
  return replicas.map((replica) => ({ service, replica, root: call.root, dataDir: options.dataDir, environment }));
}

/** Which side of each choice this start has taken, for the person at the terminal. */
function chosenParts(environment: Environment): string {
  const model = environment['IMAGE_MODEL'] ?? (environment['GOOGLE_API_KEY'] === undefined ? 'local' : 'gemini');
  const assets = environment['CLOUDINARY_URL'] === undefined ? 'kept in NATS' : 'Cloudinary';
  const catalog = environment['MONGODB_URI'] === undefined ? 'embedded, replayed from the event log' : 'MongoDB';
  const nats = environment['NATS_URL'] === undefined ? 'our own' : 'NATS_URL';
  return `image model: ${model} · assets: ${assets} · catalog: ${catalog} · nats: ${nats}`;
}
