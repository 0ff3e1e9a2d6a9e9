import { durableOf, events, queries, type EventName } from '@facet/contracts';
import { z } from 'zod';

/** `docs/events.md`: every message there is, out of the catalogue. */
export function eventsDocument(): string {
  const eventRows = Object.entries(events).map(
    ([subject, { publishedBy, about }]) =>
      `| [\`${subject}\`](#${anchorOf(subject)}) | ${publishedBy.join(', ')} | ${durableText(subject as EventName)} | ${about} |`,
  );
  const queryRows = Object.entries(queries).map(
    ([name, { answeredBy, passes, about }]) =>
      `| [\`${name}\`](#${anchorOf(name)}) | ${answeredBy} | ${about}${passes ? ' The answer is passed on. It comes in pieces.' : ''} |`,
  );
  return [
    '# Events and queries',
    'Generated from `libs/contracts` (`npm run generate`). Payloads are JSON, parsed against these schemas by whoever sends and by whoever takes them.',
    '## Events',
    'In the JetStream stream `IMAGES`, file storage, kept for ever. `Nats-Msg-Id` is `{image_id}:{subject}`, with `:{change_id}` behind it where there is one. A durable consumer begins with the name of its service.',
    ['| subject | from | durable consumer | what happened |', '|---|---|---|---|', ...eventRows].join('\n'),
    '## Queries',
    "Core NATS request/reply in the queue group of the service that answers. An error comes back as `{code, message, retryable, details}`. An answer in pieces is several responses. An answer that is passed on is a JSON list of *members*, as clients get them, and nothing else in the message; what is in *response* comes in the header `x-passage-facts`, `x-passage-id` is the id of Nest's transport, and the last message has `x-passage-last: 1`.",
    ['| subject | answered by | what is asked |', '|---|---|---|', ...queryRows].join('\n'),
    '## Payloads',
    ...Object.entries(events).map(([subject, { schema }]) => payload(subject, { payload: schema })),
    ...Object.entries(queries).map(([name, { request, response, passes }]) =>
      payload(name, { request, response, ...(passes && { members: passes }) }),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function durableText(name: EventName): string {
  const durable = durableOf(name);
  return durable === null ? 'nobody in particular' : `\`${durable}\``;
}

const anchorOf = (heading: string): string => heading.replaceAll('.', '');

function payload(heading: string, schemas: Record<string, z.ZodType>): string {
  const tables = Object.entries(schemas).map(([name, schema]) => `${name === 'payload' ? '' : `**${name}**\n\n`}${table(schema)}`);
  return [`### ${heading}`, ...tables].join('\n\n');
}

interface JsonSchema {
  type?: string;
  description?: string;
  enum?: unknown[];
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

function table(schema: z.ZodType): string {
  const { properties = {}, required = [] } = z.toJSONSchema(schema) as JsonSchema;
  const rows = Object.entries(properties).map(
    ([name, property]) => `| \`${name}\` | ${typeOf(property)}${required.includes(name) ? '' : ', optional'} |`,
  );
  return ['| member | type |', '|---|---|', ...rows].join('\n');
}

function typeOf(schema: JsonSchema): string {
  if (schema.anyOf) {
    return schema.anyOf.map(typeOf).join(' or ');
  }
  if (schema.enum) {
    return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  }
  if (schema.items) {
    return `list of ${typeOf(schema.items)}`;
  }
  return schema.properties ? `{${Object.keys(schema.properties).join(', ')}}` : (schema.format ?? schema.type ?? 'anything');
}
