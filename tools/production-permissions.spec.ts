import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DEADLETTERS_STREAM,
  deadLetterSubject,
  durableOf,
  events,
  IMAGES_STREAM,
  JOBS_BUCKET_STREAM,
  makingSubject,
  RECEIPTS_BUCKET,
  SESSIONS_BUCKET,
  type EventName,
  type ServiceName,
} from '@facet/contracts';

const CONFIGURATION = readFileSync(join(__dirname, '../deploy/nats/production.conf'), 'utf8');
const SERVICES: readonly ServiceName[] = ['gateway', 'generation', 'media', 'catalog'];
const NAMES = Object.keys(events) as EventName[];

/** What a service may publish, and what of it is denied again. */
function permissionsOf(service: ServiceName): { allow: string[]; deny: string[] } {
  const [, block = ''] = new RegExp(`user: ${service}\\n([\\s\\S]*?)subscribe:`).exec(CONFIGURATION) ?? [];
  const [allow = '', deny = ''] = block.split('], deny: [');
  const subjectsOf = (text: string): string[] => [...text.matchAll(/"([^"]+)"/g)].map(([, subject = '']) => subject);
  return { allow: subjectsOf(allow), deny: subjectsOf(deny) };
}

const matches = (pattern: string, subject: string): boolean => {
  const [wanted, given] = [pattern.split('.'), subject.split('.')];
  return (
    wanted.every((token, n) => token === '>' || token === '*' || token === given[n]) &&
    (wanted.at(-1) === '>' || wanted.length === given.length)
  );
};
const may = (service: ServiceName, subject: string): boolean => {
  const { allow, deny } = permissionsOf(service);
  return allow.some((pattern) => matches(pattern, subject)) && !deny.some((pattern) => matches(pattern, subject));
};
const consumerApi = (call: string, durable: string): string => `$JS.API.CONSUMER.${call}.${IMAGES_STREAM}.${durable}`;

describe('deploy/nats/production.conf', () => {
  it.each(NAMES)('lets those publish %s who do, and nobody else', (name) => {
    const published: readonly ServiceName[] = events[name].publishedBy;
    expect(SERVICES.filter((service) => may(service, name))).toEqual(SERVICES.filter((service) => published.includes(service)));
  });

  it.each([IMAGES_STREAM, DEADLETTERS_STREAM])('lets the catalog read %s, as a purge does', (stream) => {
    const calls = ['CREATE', 'INFO', 'MSG.NEXT', 'DELETE'].map((call) => `$JS.API.CONSUMER.${call}.${stream}.any`);
    expect(calls.filter((subject) => !may('catalog', subject))).toEqual([]);
  });

  it.each([JOBS_BUCKET_STREAM, `KV_${SESSIONS_BUCKET}`, `KV_${RECEIPTS_BUCKET}`, IMAGES_STREAM])(
    'lets the gateway look through %s',
    (stream) => {
      const calls = ['CREATE', 'INFO', 'MSG.NEXT', 'DELETE'].map((call) => `$JS.API.CONSUMER.${call}.${stream}.any`);
      expect(calls.filter((subject) => !may('gateway', subject))).toEqual([]);
    },
  );

  it('lets generation alone ask who makes a picture, and answer', () => {
    const subject = makingSubject('69f1c0de69f1c0de69f1c0de');
    expect(SERVICES.filter((service) => may(service, subject))).toEqual(['generation']);
    expect(CONFIGURATION.split(`"${makingSubject('*')}" ] }`)).toHaveLength(2);
  });

  it.each(NAMES.filter((name) => events[name].consumedBy !== null))(
    'lets the one take %s off the log who handles it, and nobody else',
    (name) => {
      const { consumedBy } = events[name];
      const durable = durableOf(name) ?? '';
      const needed = [
        consumerApi('DURABLE.CREATE', durable),
        consumerApi('CREATE', `${durable}.${name}`),
        consumerApi('INFO', durable),
        consumerApi('MSG.NEXT', durable),
        `$JS.ACK.${IMAGES_STREAM}.${durable}.1.1.1.1.0`,
        deadLetterSubject(name),
      ];
      for (const service of SERVICES) {
        const granted = needed.filter((subject) => may(service, subject));
        expect([service, granted.filter((subject) => !subject.includes('CONSUMER.INFO'))]).toEqual([
          service,
          service === consumedBy ? needed.filter((subject) => !subject.includes('CONSUMER.INFO')) : [],
        ]);
      }
      expect(consumedBy !== null && may(consumedBy, consumerApi('INFO', durable))).toBe(true);
    },
  );
});
