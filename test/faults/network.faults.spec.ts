import { lasting } from './support/lasting';
import { itSurvives, LONG } from './support/scenario';
import { TcpProxy, type Direction } from './support/tcp-proxy';

describe('NATS that stands still', () => {
  for (const seconds of LONG ? [5, 15, 45] : [5]) {
    itSurvives({
      name: `NATS paused for ${seconds} s`,
      jobs: 40,
      nats: 'container',
      fault: async ({ nats }, workload, random, jobs) => {
        await workload.reached(random.between(Math.floor(jobs / 4), Math.floor(jobs / 2)));
        await nats.pause();
        await lasting(seconds);
        await nats.unpause();
      },
    });
  }
});

describe('a network that is cut', () => {
  const ways: [string, Direction[]][] = [
    ['to NATS', ['to-server']],
    ['from NATS', ['to-client']],
    ['both ways', ['to-server', 'to-client']],
  ];
  for (const [name, directions] of ways) {
    const proxies: TcpProxy[] = [];
    itSurvives({
      name: `connection cut ${name}`,
      jobs: 40,
      nats: 'container',
      natsUrl: (container) => proxied(proxies, container),
      fault: async (_stage, workload, random, jobs) => {
        const proxy = newest(proxies);
        await workload.reached(random.between(Math.floor(jobs / 4), Math.floor(jobs / 2)));
        proxy.cut(...directions);
        await lasting(LONG ? 20 : 5);
        proxy.heal();
        proxy.reset();
      },
    });
    afterAll(() => Promise.all(proxies.map((proxy) => proxy.stop())));
  }
});

async function proxied(proxies: TcpProxy[], container: string): Promise<string> {
  const proxy = await TcpProxy.before(container);
  proxies.push(proxy);
  return proxy.url;
}

function newest(proxies: readonly TcpProxy[]): TcpProxy {
  const proxy = proxies.at(-1);
  if (!proxy) {
    throw new Error('there is no proxy');
  }
  return proxy;
}
