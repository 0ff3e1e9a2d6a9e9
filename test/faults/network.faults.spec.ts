import { connect, headers } from '@nats-io/transport-node';
import { eventMessageId } from '@facet/contracts';
import { lasting } from './support/lasting';
import type { Frame } from './support/nats-frames';
import { Random } from './support/random';
import { describeFaults, LONG, type Scenario } from './support/scenario';
import type { Direction } from './support/tcp-proxy';

/** Marks the copies of an event, which are not copied again. */
const COPY = 'facet-copy';

/** What the server says when a publish is stored. */
const PUB_ACK = /^\{"stream":"[A-Z_]+", ?"seq":\d+/;

const isAck = ({ verb, words }: Frame): boolean => verb === 'PUB' && words[0]?.startsWith('$JS.ACK.') === true;
const isPubAck = ({ verb, words, payload }: Frame): boolean =>
  verb === 'MSG' && words[0]?.startsWith('_INBOX.') === true && PUB_ACK.test(payload.toString());

const JOBS = 20;

/** How long the network is cut, in s. */
const CUT_SECONDS = LONG ? 20 : 3;

const thrice: Scenario = {
  name: 'every event three times, with the same and another message id',
  jobs: JOBS,
  fault: async ({ outside }, workload, _random, jobs) => {
    const connection = await connect({ servers: outside.nats.url });
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
};

const lossOf = (what: string, direction: Direction, isLost: (frame: Frame) => boolean): Scenario => ({
  name: `${what} lost, three of ten`,
  jobs: JOBS,
  fault: async ({ outside }, workload, random, jobs) => {
    const dice = new Random(random.between(1, 1_000));
    outside.network.lose({ direction, isLost: (frame) => isLost(frame) && dice.next() < 0.3 });
    await workload.reached(jobs - 2);
    outside.network.lose();
  },
});

const pauseOf = (seconds: number): Scenario => ({
  name: `NATS paused for ${seconds} s`,
  jobs: JOBS,
  fault: async ({ outside: { nats } }, workload, random, jobs) => {
    await workload.reached(random.between(Math.floor(jobs / 4), Math.floor(jobs / 2)));
    await nats.pause();
    await lasting(seconds);
    await nats.unpause();
  },
});

const cutOf = (way: string, ...directions: Direction[]): Scenario => ({
  name: `connection cut ${way} for ${CUT_SECONDS} s`,
  jobs: JOBS,
  fault: async ({ outside: { network } }, workload, random, jobs) => {
    await workload.reached(random.between(Math.floor(jobs / 4), Math.floor(jobs / 2)));
    network.cut(...directions);
    await lasting(CUT_SECONDS);
    network.mend();
  },
});

describeFaults('network', () => ({ nats: 'container', options: ['--scale', 'generation=2', '--scale', 'media=2'] }), [
  thrice,
  lossOf('acknowledgements of events', 'to-server', isAck),
  lossOf('acknowledgements of publishes', 'to-client', isPubAck),
  ...(LONG ? [5, 15, 45] : [3]).map(pauseOf),
  ...(LONG ? [cutOf('to NATS', 'to-server'), cutOf('from NATS', 'to-client')] : []),
  cutOf('both ways', 'to-server', 'to-client'),
]);
