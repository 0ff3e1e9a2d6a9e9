import { waitFor } from '../wait-for';
import { hasDocker } from './docker';

/** A MongoDB server, for one test file. Stop it in `afterAll`: nothing else does. */
export interface RunningMongo {
  /** without a database name */
  uri: string;
  stop: () => Promise<void>;
  /** Holds it in mid-air: connections stay open and nothing answers. */
  pause: () => Promise<void>;
  unpause: () => Promise<void>;
}

const PORT = 27017;
const STARTUP_MS = 120_000;

/**
 * `describe` for suites that need MongoDB. Without Docker they are left out, and a line says so; with
 * `REQUIRE_CONTAINERS=1` that is a failure.
 */
export function describeWithMongo(name: string, suite: () => void): void {
  if (hasDocker()) {
    describe(name, suite);
  } else {
    process.stderr.write(`\nSKIPPED: no Docker, suites on MongoDB did not run: ${name}\n`);
    describe.skip(name, suite);
  }
}

/**
 * Starts MongoDB in a container (`MONGO_IMAGE`, default `mongo:8`) and waits until it answers a driver.
 *
 * @throws Error without Docker: call it inside `describeWithMongo`
 */
export async function startMongo(): Promise<RunningMongo> {
  // a second to load: most suites start none
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const container = await new GenericContainer(process.env['MONGO_IMAGE'] ?? 'mongo:8')
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(STARTUP_MS)
    .start();
  const stop = async (): Promise<void> => {
    await container.stop();
  };
  const uri = `mongodb://${container.getHost()}:${container.getMappedPort(PORT)}/?directConnection=true`;
  try {
    // Docker's own proxy listens on the port before the server does
    await waitFor(() => ping(uri), { timeoutMs: STARTUP_MS, intervalMs: 100, what: 'MongoDB in its container' });
  } catch (error) {
    await stop();
    throw error;
  }
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId());
  return {
    uri,
    stop,
    pause: async () => {
      await engine.pause();
    },
    unpause: async () => {
      await engine.unpause();
    },
  };
}

async function ping(uri: string): Promise<boolean> {
  const { mongo } = await import('mongoose');
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 1_000 });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } finally {
    await client.close();
  }
}
