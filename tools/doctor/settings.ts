import { ConfigError } from '@facet/platform';
import { catalogConfigSchema, readCatalogConfig, type CatalogConfig } from '../../apps/catalog/src/catalog.config';
import { gatewayConfigSchema, readGatewayConfig, type GatewayConfig } from '../../apps/gateway/src/gateway.config';
import { generationConfigSchema, readGenerationConfig, type GenerationConfig } from '../../apps/generation/src/generation.config';
import { mediaConfigSchema, readMediaConfig, type MediaConfig } from '../../apps/media/src/media.config';
import { fail, ok, type Verdict } from './finding';

/** The services' configurations, each as the service itself would read it; `null` for one that would not start. */
export interface Settings {
  gateway: GatewayConfig | null;
  generation: GenerationConfig | null;
  media: MediaConfig | null;
  catalog: CatalogConfig | null;
  /** every fault once, or that there is none */
  verdicts: Verdict[];
}

/** Reads `process.env`, as the services do. */
export function readSettings(): Settings {
  const faults = new Set<string>();
  const read = <C>(reader: () => C): C | null => {
    try {
      return reader();
    } catch (error) {
      if (!(error instanceof ConfigError)) {
        throw error;
      }
      // its first line is a heading, each further one is a fault
      const [, ...lines] = error.message.split('\n');
      lines.forEach((line) => faults.add(line.trim()));
      return null;
    }
  };
  const configurations = {
    gateway: read(readGatewayConfig),
    generation: read(readGenerationConfig),
    media: read(readMediaConfig),
    catalog: read(readCatalogConfig),
  };
  return { ...configurations, verdicts: faults.size > 0 ? [...faults].map(faultOf) : [ok(whatIsSet())] };
}

function faultOf(line: string): Verdict {
  const [, variable, text] = /^(\w+): (.*)$/.exec(line) ?? [];
  return fail(text ?? line, variable);
}

function whatIsSet(): string {
  const schemas = [gatewayConfigSchema, generationConfigSchema, mediaConfigSchema, catalogConfigSchema];
  const names = new Set(schemas.flatMap(({ shape }) => Object.keys(shape)));
  const given = [...names].filter((name) => (process.env[name] ?? '') !== '').sort();
  return given.length > 0 ? `can all be read; set are ${given.join(', ')}` : 'none is set, the defaults hold';
}
