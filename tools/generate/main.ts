import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentExample } from './environment-example';
import { eventsDocument } from './events-document';
import { openApiJson } from './openapi-json';

interface GeneratedFile {
  path: string;
  make: () => string | Promise<string>;
}

const GENERATED: readonly GeneratedFile[] = [
  { path: '.env.example', make: environmentExample },
  { path: 'docs/events.md', make: eventsDocument },
  { path: 'docs/openapi.json', make: openApiJson },
];

/** Writes the files that are made from the code, or with `--check` says which of them are out of date. */
async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  for (const { path, make } of GENERATED) {
    const file = join(process.cwd(), path);
    const made = await make();
    const there = await readFile(file, 'utf8').catch(() => null);
    if (there !== made) {
      stale.push(path);
      if (!check) {
        await writeFile(file, made);
      }
    }
  }
  const verb = check ? 'out of date (npm run generate)' : 'written';
  console.log(stale.length === 0 ? 'generated files are fresh' : `${verb}: ${stale.join(', ')}`);
  process.exitCode = check && stale.length > 0 ? 1 : 0;
}

void main();
