import { spawn } from 'node:child_process';
import cluster from 'node:cluster';
import { join } from 'node:path';
import type { Environment } from './environment';
import type { Service } from './options';
import { type InternalPorts, isFree } from './ports';
import { answersReady } from './readiness';
import type { Program } from './supervised-process';

/** What a service's process is made of. */
export interface ServiceStart {
  service: Service;
  /** 1, 2, … within the service */
  replica: number;
  /** the project's root, above dist/ */
  root: string;
  dataDir: string;
  environment: Environment;
}

/**
 * The first lets the gateway give the buffers of large uploads back early (libs/messaging/src/blobs/buffer-reclaim.ts). The second leaves
 * V8 one helper thread of four, which collect for the studio's thread while event loops wait for a core. The third lets what an answer of
 * ten thousand pictures is made of die young (docs/adr/0011-memory-of-the-processes.md). The same for all: what V8 has compiled ahead is
 * good for these flags alone (tools/bundles/bundle.mjs).
 */
export const NODE_FLAGS = ['--expose-gc', '--v8-pool-size=1', '--max-semi-space-size=64'];

/** Threads that allocate pictures share two pools of memory instead of having eight each a core, which are never given back. */
const MEMORY_SETTINGS = { MALLOC_ARENA_MAX: '2' };

function entryFile({ root, service }: ServiceStart): string {
  return join(root, 'dist', 'bundles', service, 'main.js');
}

/** Not read by the service: it tells a person who looks at the process list, and the next start, whose process this is. */
function labels({ service, replica, dataDir }: ServiceStart): string[] {
  return [`--instance=${service}-${replica}`, `--data-dir=${dataDir}`];
}

function roleOf({ service, replica }: ServiceStart): Pick<Program, 'name' | 'isFurther'> {
  return { name: `${service}-${replica}`, isFurther: replica > 1 };
}

/** A service with a loopback port of its own for health and metrics. The port stays the same while nobody else takes it. */
export async function serviceProgram(start: ServiceStart, ports: InternalPorts): Promise<Program> {
  const { name } = roleOf(start);
  let port = await ports.take();
  return {
    ...roleOf(start),
    launch: async () => {
      port = (await isFree(port)) ? port : await ports.take();
      const environment = { ...MEMORY_SETTINGS, ...start.environment, SERVICE_INSTANCE: name, HOST: '127.0.0.1', PORT: String(port) };
      return spawn(process.execPath, [...NODE_FLAGS, entryFile(start), ...labels(start)], {
        cwd: start.root,
        env: environment,
        stdio: ['ignore', 'inherit', 'inherit'],
        // A process group of its own: Ctrl-C in the terminal must reach us alone, as we stop things in order.
        detached: true,
      });
    },
    isReady: () => answersReady('127.0.0.1', port),
  };
}

/**
 * A gateway on the public port. It runs as a worker of `node:cluster`, with us as the primary, so that any number of
 * gateways share the port and the gateway's code knows nothing of it.
 */
export function gatewayProgram(start: ServiceStart, port: number, host: string): Program {
  const { name } = roleOf(start);
  const probeHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  let isListening = false;
  return {
    ...roleOf(start),
    launch: () => {
      // The gateways take connections themselves. By turns, the primary hands them on, and one for a gateway that has just been killed
      // stays open in the primary for ever: its client waits for nothing.
      cluster.schedulingPolicy = cluster.SCHED_NONE;
      cluster.setupPrimary({
        exec: entryFile(start),
        execArgv: NODE_FLAGS,
        args: labels(start),
        cwd: start.root,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      isListening = false;
      const worker = cluster.fork({
        ...MEMORY_SETTINGS,
        ...start.environment,
        SERVICE_INSTANCE: name,
        HOST: host,
        PORT: String(port),
      });
      // A gateway that dies while the primary writes to it (EPIPE): its exit follows, and that is what is acted upon.
      worker.on('error', () => undefined);
      worker.once('listening', () => {
        isListening = true;
      });
      return Promise.resolve(worker.process);
    },
    // A farewell to its clients (apps/gateway/src/http/farewell.ts) is for a gateway that another one takes over from.
    stopSignal: 'SIGINT',
    // Another replica may answer the probe, so this one must have announced itself as well.
    isReady: async () => isListening && (await answersReady(probeHost, port)),
  };
}
