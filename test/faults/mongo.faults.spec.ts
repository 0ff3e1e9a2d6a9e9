import { describeWithMongo, startMongo, type RunningMongo } from '@facet/testing';
import { lasting } from './support/lasting';
import { describeFaults, LONG } from './support/scenario';

const SECONDS = LONG ? 30 : 4;

describeWithMongo('a catalog in MongoDB', () => {
  let mongo: RunningMongo;

  beforeAll(async () => {
    mongo = await startMongo();
  }, 180_000);

  afterAll(() => mongo.stop(), 60_000);

  describeFaults('database', () => ({ options: ['--scale', 'catalog=2'], environment: { MONGODB_URI: mongo.uri } }), [
    {
      name: `MongoDB away for ${SECONDS} s`,
      jobs: 20,
      fault: async (_stage, workload, random, jobs) => {
        await workload.reached(random.between(Math.floor(jobs / 4), Math.floor(jobs / 2)));
        await mongo.pause();
        await lasting(SECONDS);
        await mongo.unpause();
      },
    },
  ]);
});
