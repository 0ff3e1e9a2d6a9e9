import { lasting } from './support/lasting';
import { describeFaults, LONG } from './support/scenario';

const SERVICES = ['gateway-1', 'gateway-2', 'generation-1', 'generation-2', 'media-1', 'catalog-1'] as const;

/** Calls of the model that are lost when these processes are killed: a worker has one under way here, all others have none. */
const callsOf = (services: readonly string[]): number => services.filter((service) => service.startsWith('generation')).length;

/** Longest time until a new picture, ms, when the cores have six services to start beside all else that they do. */
const STARTED_MS = 45_000;

/** The short version leaves the second ones in peace: a start takes a while on a small machine. */
const CHOSEN = LONG ? SERVICES : (['gateway-1', 'generation-1', 'media-1', 'catalog-1'] as const);

/** Those that another one stands in for: the successor of a single one may take longer than its askers wait, on a busy machine. */
const ROLLED = LONG ? SERVICES : (['gateway-1', 'generation-1'] as const);
const NATS_KILLS = LONG ? 6 : 2;

/** Of all that came before the rolling restart. */
let redeliveries = 0;

// two workers with one call each
describeFaults(
  'processes',
  () => ({ options: ['--scale', 'generation=2', '--scale', 'gateway=2'], environment: { GENERATION_CONCURRENCY: '1' } }),
  [
    {
      name: 'rolling restart of every service under load',
      jobs: 8,
      jobsLong: 200,
      concurrency: 3,
      clients: { stopsAfterFault: true },
      fault: async (stage) => {
        redeliveries = await stage.kept.redeliveries();
        for (const service of ROLLED) {
          await stage.restart(service);
        }
      },
      check: async (stage, outcomes) => {
        expect(await stage.kept.redeliveries()).toBe(redeliveries);
        expect(outcomes.filter(({ troubles }) => troubles > 0)).toEqual([]);
        // nobody counted it as a crash
        expect(stage.facet.log()).not.toMatch(/starting it again in 0\.[1-9]/);
      },
    },
    {
      name: 'kill -9 of each service in turn',
      jobs: 20,
      extraCalls: callsOf(CHOSEN),
      recoveryMs: STARTED_MS,
      fault: async (stage, workload, random, jobs) => {
        const victims = [...CHOSEN].sort(() => random.next() - 0.5);
        for (const [n, victim] of victims.entries()) {
          await workload.reached(Math.floor((jobs * (n + 0.5)) / (victims.length + 1)) + random.between(0, 2));
          await stage.replace(victim);
        }
      },
    },
    {
      name: 'kill -9 of all services at once',
      jobs: 20,
      extraCalls: callsOf(SERVICES),
      recoveryMs: STARTED_MS,
      fault: async (stage, workload, random, jobs) => {
        await workload.reached(random.between(Math.floor(jobs / 4), Math.floor(jobs / 2)));
        // recovery counts from the blow, whenever which of them is started again
        await Promise.all(SERVICES.map((service) => stage.signal(service, 'SIGKILL')));
      },
    },
    {
      name: `kill -9 of NATS ${NATS_KILLS} times`,
      jobs: 20,
      fault: async (stage, workload, random, jobs) => {
        for (let n = 1; n <= NATS_KILLS; n += 1) {
          await workload.reached(Math.floor((jobs * n) / (NATS_KILLS + 2)) + random.between(0, 3));
          await stage.replace('nats-1');
        }
      },
    },
    {
      name: 'a worker paused past the acknowledgement wait, awake after another did its job',
      jobs: 10,
      // the sleeper's call, and the one of whoever took over
      extraCalls: 1,
      fault: async (stage, workload, _random, jobs) => {
        stage.modelTakes(1_000);
        await workload.reached(1);
        // both have a call under way all the time
        await stage.signal('generation-1', 'SIGSTOP');
        stage.modelTakes(50, 250);
        await workload.reached(jobs);
        await stage.signal('generation-1', 'SIGCONT');
        await lasting(1);
      },
    },
  ],
);
