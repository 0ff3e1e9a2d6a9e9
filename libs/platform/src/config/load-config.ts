import { z } from 'zod';

/** A setting is missing or wrong. The message lists every fault, one a line, with the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment once, at boot. An empty variable counts as not set, as Compose files pass `X=${X:-}`.
 *
 * @throws ConfigError naming all faults together
 */
export function loadConfig<S extends z.ZodObject>(schema: S, environment: Readonly<Record<string, string | undefined>>): z.infer<S> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) {
    return parsed.data;
  }
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'environment'}: ${issue.message}`);
  throw new ConfigError(`The configuration is wrong:\n${faults.join('\n')}`);
}
