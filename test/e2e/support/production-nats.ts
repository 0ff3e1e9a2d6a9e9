import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findNatsServer, startLocalNats, type RunningNats } from '@facet/testing';
import { isAtLeast, SYNCS_ALWAYS_FROM } from '../../../tools/up/nats-server-version';

const CONFIGURATION = join(__dirname, '../../../deploy/nats/production.conf');

/** People and the services, who are known by name and password. */
const USERS = ['operator', 'gateway', 'generation', 'media', 'catalog', 'system', 'cluster'];
const passwordOf = (user: string): string => `secret-of-${user}`;

/** NATS as deploy/nats/production.conf has it, one server alone: every service under its own name, with no more than its permissions. */
export class ProductionNats {
  private constructor(private readonly server: RunningNats) {}

  /** @param folder for the configuration that is made of it */
  static async start(folder: string): Promise<ProductionNats> {
    const file = join(folder, 'production.conf');
    await writeFile(file, forOneServer(readFileSync(CONFIGURATION, 'utf8')));
    const passwords = USERS.map((user) => [`NATS_${user.toUpperCase()}_PASSWORD`, passwordOf(user)]);
    const environment = { NATS_SERVER_NAME: 'nats-0', ...(Object.fromEntries(passwords) as Record<string, string>) };
    return new ProductionNats(await startLocalNats({ configuration: file, environment }));
  }

  /** For `npm run up`, whose services then go there under their own names. */
  get environment(): Record<string, string> {
    return { NATS_URL: this.urlFor('{service}'), NODE_OPTIONS: `--require ${join(__dirname, 'own-credentials.cjs')}` };
  }

  /** For those who look after it. */
  get operatorUrl(): string {
    return this.urlFor('operator');
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private urlFor(user: string): string {
    return this.server.url.replace('nats://', `nats://${user}:${passwordOf(user)}@`);
  }
}

/** Without what the file says to leave out, the store, which is a folder of the test's, and what an older server does not start with. */
function forOneServer(configuration: string): string {
  const alone = configuration.replace(/^cluster \{[^]*?^\}$/m, '').replace(/^ *store_dir:.*$/m, '');
  const binary = findNatsServer();
  const [, version = ''] = binary === undefined ? [] : (/v(\S+)/.exec(execFileSync(binary, ['--version'], { encoding: 'utf8' })) ?? []);
  return isAtLeast(version, SYNCS_ALWAYS_FROM) ? alone : alone.replace(/^ *sync_interval:.*$/m, '');
}
