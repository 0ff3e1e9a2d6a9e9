import { connect, headers } from '@nats-io/transport-node';
import { eventMessageId } from '@facet/contracts';
import { NatsFrames, type Frame } from './support/nats-frames';
import { Random } from './support/random';
import { itSurvives } from './support/scenario';
import { TcpProxy } from './support/tcp-proxy';

/** Marks the copies of an event, which are not copied again. */
const COPY = 'facet-copy';

/** What the server says when a publish is stored. */
const PUB_ACK = /^\{"stream":"[A-Z_]+", ?"seq":\d+/;

const isAck = ({ verb, words }: Frame): boolean => verb === 'PUB' && words[0]?.startsWith('$JS.ACK.') === true;
const isPubAck = ({ verb, words, payload }: Frame): boolean =>
  verb === 'MSG' && words[0]?.startsWith('_INBOX.') === true && PUB_ACK.test(payload.toString());

describe('messages that come too often', () => {
  itSurvives({
    name: 'every event three times, with the same and another message id',
    jobs: 40,
    nats: 'container',
    options: ['--scale', 'generation=2', '--scale', 'media=2'],
    fault: async ({ natsUrl }, workload, _random, jobs) => {
      const connection = await connect({ servers: natsUrl });
      connection.subscribe('image.*', {
        callback: (_error, message) => {
          if (!message.headers?.has(COPY)) {
            const { image_id } = message.json<{ image_id?: string }>();
            for (const id of [eventMessageId(image_id ?? '', message.subject), `another-${image_id ?? ''}-${message.subject}`]) {
              const copy = headers();
              copy.set(COPY, 'yes');
              copy.set('Nats-Msg-Id', id);
              connection.publish(message.subject, message.data, { headers: copy });
            }
          }
        },
      });
      await workload.reached(jobs);
      await connection.drain();
    },
  });
});

describe('messages that are lost', () => {
  for (const [name, loss] of [
    ['acknowledgements of events', { direction: 'to-server', isLost: isAck }],
    ['acknowledgements of publishes', { direction: 'to-client', isLost: isPubAck }],
  ] as const) {
    const proxies: TcpProxy[] = [];
    const lossy = { on: true };
    itSurvives({
      name: `${name} lost, three of ten`,
      jobs: 30,
      nats: 'container',
      natsUrl: async (container) => {
        const random = new Random(7);
        lossy.on = true;
        const proxy = await TcpProxy.before(container, (direction) =>
          direction === loss.direction ? new NatsFrames((frame) => lossy.on && loss.isLost(frame) && random.next() < 0.3) : null,
        );
        proxies.push(proxy);
        return proxy.url;
      },
      fault: async (_stage, workload, _random, jobs) => {
        await workload.reached(jobs - 2);
        lossy.on = false;
      },
    });
    afterAll(() => Promise.all(proxies.map((proxy) => proxy.stop())));
  }
});
