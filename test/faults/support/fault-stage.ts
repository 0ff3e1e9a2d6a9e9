import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTerminal } from '@facet/contracts';
import { gemini, GeminiDouble, startNatsContainer, waitFor, type RunningNats } from '@facet/testing';
import { Api, type Body } from '../../e2e/support/api';
import { KeptInNats } from '../../e2e/support/kept-in-nats';
import { RunningFacet } from '../../e2e/support/running-facet';
import { ShiftedClocks } from './shifted-clocks';
import { UnreliableNetwork } from './unreliable-network';
import { verdictOn, type Verdict } from './verdict';
import { Workload, type Client, type Outcome } from './workload';

const USERS = 4;

/** Longest time until things are quiet after a fault, in ms: an acknowledgement wait, a retry and some work, or the sweep. */
const QUIET_MS = 240_000;

/** Where a stage's parts are, and what is special about it. */
export interface StageSettings {
  /** default: the one that `npm run up` brings, with a pid file; `container`: one of its own, behind a network that fails */
  nats?: 'own' | 'container';
  environment?: Record<string, string>;
  /** of the command, such as `--scale generation=2` */
  options?: readonly string[];
}

interface Outside {
  nats: RunningNats;
  network: UnreliableNetwork;
}

interface Parts {
  dataDir: string;
  facet: RunningFacet;
  gemini: GeminiDouble;
  kept: KeptInNats;
  clients: readonly Client[];
  clocks: ShiftedClocks;
  outside: Outside | null;
}

/** Facet with all its processes, a model that counts its calls, and hands that break things. */
export class FaultStage {
  /** image ids of all that was asked for in scenarios that are judged */
  private readonly judged = new Set<string>();

  private readonly others: Outcome[] = [];

  private constructor(private readonly parts: Parts) {}

  static async set({ nats = 'own', environment = {}, options = [] }: StageSettings): Promise<FaultStage> {
    const double = await GeminiDouble.start();
    const dataDir = await mkdtemp(join(tmpdir(), 'facet-faults-'));
    const clocks = await ShiftedClocks.in(dataDir);
    const outside = nats === 'container' ? await behindNetwork(await startNatsContainer()) : null;
    const settings = {
      GOOGLE_API_KEY: double.key,
      GEMINI_BASE_URL: double.url,
      GEMINI_MAX_PER_MINUTE: '100000',
      USER_MAX_PENDING_JOBS: '10000',
      USER_MAX_JOBS_PER_DAY: '1000000',
      AUTH_MAX_PER_MINUTE: '1000',
      ...clocks.environment,
      ...(outside && { NATS_URL: outside.network.url }),
    };
    const facet = await RunningFacet.start(dataDir, { ...settings, ...environment }, options);
    const kept = outside ? await KeptInNats.at(outside.nats.url) : await KeptInNats.of(facet);
    const clients = await Promise.all(Array.from({ length: USERS }, (_, n) => clientOf(facet.url, `user-${n}@example.com`)));
    const stage = new FaultStage({ dataDir, facet, gemini: double, kept, clients, clocks, outside });
    stage.modelTakes(50, 250);
    return stage;
  }

  get facet(): RunningFacet {
    return this.parts.facet;
  }

  get gemini(): GeminiDouble {
    return this.parts.gemini;
  }

  get kept(): KeptInNats {
    return this.parts.kept;
  }

  get clients(): readonly Client[] {
    return this.parts.clients;
  }

  get clocks(): ShiftedClocks {
    return this.parts.clocks;
  }

  /** NATS in its container, and what lies between it and Facet. @throws Error when the stage uses that of npm run up */
  get outside(): Outside {
    if (!this.parts.outside) {
      throw new Error('this stage uses the NATS of npm run up');
    }
    return this.parts.outside;
  }

  async clear(): Promise<void> {
    await this.kept.close();
    await this.facet.stop();
    await this.gemini.stop();
    await this.parts.outside?.network.stop();
    await this.parts.outside?.nats.stop();
    await rm(this.parts.dataDir, { recursive: true, force: true });
  }

  /** How long the model takes for a picture from now on, in ms. */
  modelTakes(least: number, most = least): void {
    this.gemini.usually(({ n }) => gemini.picture({ latencyMs: least + ((n * 37) % (most - least + 1)) }));
  }

  /** @param name such as `generation-1` or `nats-1`; one that is being started again is waited for */
  async pid(name: string): Promise<number> {
    const file = join(this.parts.dataDir, 'run', `${name}.pid`);
    return waitFor(async () => Number(await readFile(file, 'utf8')), { timeoutMs: 30_000, what: `the pid of ${name}` });
  }

  /** Sends a signal to one process, by its pid file. */
  async signal(name: string, signal: NodeJS.Signals): Promise<void> {
    process.kill(await this.pid(name), signal);
  }

  /** Ends a process by a signal and waits until another has taken its place. */
  async replace(name: string, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const pid = await this.pid(name);
    process.kill(pid, signal);
    await waitFor(async () => (await this.pid(name)) !== pid, { timeoutMs: 60_000, what: `another ${name}` });
  }

  /** As somebody does who brings out a new version: asks a process to end, and waits until its successor works. */
  async restart(name: string): Promise<void> {
    const before = this.starts(name);
    await this.replace(name, 'SIGTERM');
    await waitFor(() => this.starts(name) > before, { timeoutMs: 60_000, intervalMs: 200, what: `another ${name} to be ready` });
  }

  private starts(name: string): number {
    return this.facet.logLines().filter(({ instance, msg }) => instance === name && msg === 'ready').length;
  }

  /** How long it takes until a new picture is made, in ms. */
  async recovery(name: string): Promise<{ recoveryMs: number; probe: Outcome[] }> {
    const began = Date.now();
    const probe = await Workload.start(this.clients.slice(0, 1), { jobs: 1, concurrency: 1, patienceMs: 90_000, name });
    const outcomes = await probe.finished();
    return { recoveryMs: Date.now() - began, probe: outcomes };
  }

  /** Outcomes of others than the scenario's workload, for its verdict. */
  alsoJudge(outcomes: readonly Outcome[]): void {
    this.others.push(...outcomes);
  }

  /**
   * The verdict on what was asked for since the last one, once nothing moves any more.
   *
   * @param callsBefore calls of the model that belong to earlier ones
   */
  async verdict(asked: readonly Outcome[], callsBefore: number): Promise<Verdict> {
    await this.quiet();
    const outcomes = [...asked, ...this.others.splice(0)];
    const [records, objects, states] = await Promise.all([this.records(), this.kept.mediaObjects(), this.kept.jobStates()]);
    const assets = objects.flatMap((name) => /\/([0-9a-f]{24})\.\w+$/.exec(name)?.[1] ?? []);
    const isOurs = (imageId: string): boolean => !this.judged.has(imageId);
    const verdict = verdictOn(outcomes, {
      records: records.filter(isOurs),
      assets: assets.filter(isOurs),
      states: new Map([...states].filter(([imageId]) => isOurs(imageId))),
      providerCalls: this.gemini.calls.length - callsBefore,
    });
    [...outcomes.map(({ imageId }) => imageId), ...records, ...states.keys()].forEach((imageId) => this.judged.add(imageId));
    return verdict;
  }

  private async quiet(): Promise<void> {
    const check = async (): Promise<boolean> =>
      (await this.kept.unsettled()) === 0 && [...(await this.kept.jobStates()).values()].every(isTerminal);
    // what is not quiet in time is told by the verdict, as jobs without an end
    await waitFor(check, { timeoutMs: QUIET_MS, intervalMs: 250, what: 'quiet' }).catch(() => undefined);
  }

  private async records(): Promise<string[]> {
    const ids: string[] = [];
    for (const { api } of this.clients) {
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const { body } = await waitFor(
          async () => {
            const answer = await api.get(`/imgbackendapp/user-images?limit=100&page=${page}`);
            return answer.status === 200 ? answer : null;
          },
          { timeoutMs: 30_000, what: 'the gallery' },
        );
        ids.push(...(body['images'] as Body[]).map(({ id }) => String(id)));
        pages = (body['pagination'] as { pages: number }).pages;
      }
    }
    return ids;
  }
}

async function behindNetwork(nats: RunningNats): Promise<Outside> {
  return { nats, network: await UnreliableNetwork.before(nats.url) };
}

async function clientOf(url: string, email: string): Promise<Client> {
  const api = await Api.as(url, email);
  const payload = JSON.parse(Buffer.from(api.token?.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  return { api, userId: payload.sub };
}
