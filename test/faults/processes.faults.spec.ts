import { itSurvives } from './support/scenario';

const SERVICES = ['gateway-1', 'generation-1', 'generation-2', 'media-1', 'catalog-1'] as const;

/** Two workers with one call each: a kill costs one call at the most. */
const SINGLE_CALLS = { options: ['--scale', 'generation=2'], environment: { GENERATION_CONCURRENCY: '1' } };
const GENERATORS = SERVICES.filter((service) => service.startsWith('generation')).length;

describe('killed processes', () => {
  itSurvives({
    name: 'kill -9 of each service in turn',
    jobs: 40,
    ...SINGLE_CALLS,
    extraCalls: GENERATORS,
    fault: async (stage, workload, random, jobs) => {
      const victims = [...SERVICES].sort(() => random.next() - 0.5);
      for (const [n, victim] of victims.entries()) {
        await workload.reached(Math.floor((jobs * (n + 0.5)) / (victims.length + 1)) + random.between(0, 2));
        await stage.kill(victim);
      }
    },
  });

  itSurvives({
    name: 'kill -9 of all services at once',
    jobs: 40,
    ...SINGLE_CALLS,
    extraCalls: GENERATORS,
    fault: async (stage, workload, random, jobs) => {
      await workload.reached(random.between(Math.floor(jobs / 4), Math.floor(jobs / 2)));
      await Promise.all(SERVICES.map((service) => stage.kill(service)));
    },
  });

  itSurvives({
    name: 'kill -9 of NATS six times',
    jobs: 60,
    extraCalls: 0,
    fault: async (stage, workload, random, jobs) => {
      for (let n = 1; n <= 6; n += 1) {
        await workload.reached(Math.floor((jobs * n) / 8) + random.between(0, 3));
        await stage.kill('nats-1');
      }
    },
  });
});
