import { z } from 'zod';
import { catalogConfigSchema } from '../../apps/catalog/src/catalog.config';
import { gatewayConfigSchema } from '../../apps/gateway/src/gateway.config';
import { generationConfigSchema } from '../../apps/generation/src/generation.config';
import { mediaConfigSchema } from '../../apps/media/src/media.config';

interface Variable {
  name: string;
  description: string;
  byDefault: string | null;
}

/** What `npm run up` reads itself (tools/up/options.ts). */
const UP: readonly Variable[] = [
  { name: 'DATA_DIR', description: 'Folder of all state: pictures, event log, accounts, secret.', byDefault: '.data' },
];

const SERVICES = {
  gateway: gatewayConfigSchema,
  generation: generationConfigSchema,
  media: mediaConfigSchema,
  catalog: catalogConfigSchema,
};

/** `.env.example`: every variable of every service with its default, out of the services' own schemas. */
export function environmentExample(): string {
  const owners = new Map<string, { variable: Variable; services: string[] }>();
  for (const [service, schema] of Object.entries(SERVICES)) {
    for (const variable of variablesOf(schema)) {
      const known = owners.get(variable.name) ?? { variable, services: [] };
      known.services.push(service);
      owners.set(variable.name, known);
    }
  }
  const groups = new Map<string, Variable[]>();
  for (const { variable, services } of owners.values()) {
    const heading = services.length === 1 ? (services[0] ?? '') : 'several services';
    groups.set(heading, [...(groups.get(heading) ?? []), variable]);
  }
  const head = [
    '# Every setting of Facet. All are optional: `npm run up` works with none.',
    '# Copy to `.env` for `npm run up` and Docker Compose. Generated from the code: `npm run generate`.',
  ].join('\n');
  const sections = [section('npm run up', UP), ...[...groups].map(([heading, variables]) => section(heading, variables))];
  return `${[head, ...sections].join('\n\n')}\n`;
}

function variablesOf(schema: z.ZodObject): Variable[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    description: (field as z.ZodType).description ?? '',
    byDefault: defaultOf(field as z.ZodType),
  }));
}

function defaultOf(field: z.ZodType): string | null {
  const outcome = z.safeParse(field, undefined);
  return outcome.success && outcome.data !== undefined ? JSON.stringify(outcome.data).replace(/^"(.*)"$/, '$1') : null;
}

const section = (heading: string, variables: readonly Variable[]): string =>
  [`## ${heading}`, ...variables.map(({ name, description, byDefault }) => `# ${description}\n#${name}=${byDefault ?? ''}`)].join('\n');
