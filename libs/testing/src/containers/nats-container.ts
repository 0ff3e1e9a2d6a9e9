import { hasDocker } from './docker';
import { freePort } from './free-port';
import { startLocalNats } from './local-nats';
import type { RunningNats } from './running-nats';

const CLIENT_PORT = 4222;
const MONITORING_PORT = 8222;

/**
 * Starts NATS in a container (`NATS_IMAGE`, default `nats:2`), without Docker as a local process, and says so.
 *
 * @throws Error when there is neither, or no Docker and `REQUIRE_CONTAINERS=1`
 */
export async function startNatsContainer(): Promise<RunningNats> {
  if (!hasDocker()) {
    process.stderr.write('\nNO CONTAINER: no Docker, this suite runs on the nats-server of this machine\n');
    return startLocalNats();
  }
  // a second to load: most suites start none
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  // Docker would give a restarted container other ports, and clients would look for it in vain
  const [port, monitoringPort] = [await freePort(), await freePort()];
  const container = await new GenericContainer(process.env['NATS_IMAGE'] ?? 'nats:2')
    .withCommand(['-js', '-sd', '/data', '-m', String(MONITORING_PORT)])
    .withExposedPorts({ container: CLIENT_PORT, host: port }, { container: MONITORING_PORT, host: monitoringPort })
    .withWaitStrategy(Wait.forHttp('/healthz', MONITORING_PORT))
    .start();
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId());
  return {
    url: `nats://${container.getHost()}:${port}`,
    monitoringPort,
    stop: async () => {
      await container.stop();
    },
    kill: async () => {
      await engine.kill();
    },
    restart: () => container.restart({ timeout: 0 }),
    pause: async () => {
      await engine.pause();
    },
    unpause: async () => {
      await engine.unpause();
    },
  };
}
