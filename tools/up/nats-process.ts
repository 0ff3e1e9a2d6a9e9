import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NatsServer } from './nats-server-binary';
import { isAtLeast, SYNCS_ALWAYS_FROM } from './nats-server-version';
import { greetsAsNats, worksAsJetStream } from './readiness';
import type { Program } from './supervised-process';

/** Our own NATS server, as a program that can be kept running: the same port and the same store at every start. */
export interface NatsProgram extends Program {
  url: string;
  /** the last lines that the server wrote, for the case that it does not start */
  lastLogLines: () => string;
}

const LOG_LINES_SHOWN = 8;

/** Loopback ports: for clients, and for those who ask how it is. */
interface NatsPorts {
  client: number;
  monitoring: number;
}

/**
 * NATS with JetStream, its files in `DATA_DIR/nats`. Its log goes to a file there, as it speaks much and says little in normal operation.
 */
export function natsProgram({ path, version }: NatsServer, dataDir: string, ports: NatsPorts): NatsProgram {
  const folder = join(dataDir, 'nats');
  const configuration = join(folder, 'nats-server.conf');
  const log = join(folder, 'nats-server.log');
  mkdirSync(folder, { recursive: true });
  writeFileSync(configuration, natsConfiguration({ folder, log, ports, version }));
  return {
    name: 'nats-1',
    url: `nats://127.0.0.1:${ports.client}`,
    // A process group of its own: Ctrl-C in the terminal must reach the services first and NATS last.
    launch: () => Promise.resolve(spawn(path, ['-c', configuration], { stdio: 'ignore', detached: true })),
    isReady: () => greetsAsNats(ports.client),
    // half a minute: a disk that is slow for a while is no reason
    pulse: { answers: () => worksAsJetStream(ports.client, ports.monitoring), everyMs: 3_000, patience: 6 },
    lastLogLines: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-LOG_LINES_SHOWN).join('\n') : ''),
  };
}

function natsConfiguration({ folder, log, ports, version }: { folder: string; log: string; ports: NatsPorts; version: string }): string {
  // what is acknowledged is on the disk: half a millisecond for each of a picture's two dozen writes. Older ones do not start with it
  const sync = isAtLeast(version, SYNCS_ALWAYS_FROM) ? '\n  sync_interval: always' : '';
  return `# Written by npm run up at every start.
server_name: facet
host: "127.0.0.1"
port: ${ports.client}
http: "127.0.0.1:${ports.monitoring}"
log_file: ${JSON.stringify(log)}
logfile_size_limit: 10MB
jetstream {
  store_dir: ${JSON.stringify(folder)}
  # The disk is the limit. Left out, it is three quarters of what is free at the start: less than a store that has grown holds already.
  max_file_store: 1TB${sync}
}
`;
}
