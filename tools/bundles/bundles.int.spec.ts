import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '../up/service-programs';
import { SERVICES } from '../up/options';

const ROOT = join(__dirname, '..', '..');

/** Says whether V8 takes what it has compiled of a service ahead. */
const TAKES_IT = `
const { readFileSync } = require('node:fs');
const source = require('node:module').wrap(readFileSync('program.js', 'latin1'));
const script = new (require('node:vm').Script)(source, { cachedData: readFileSync('program.cache') });
process.stdout.write(String(!script.cachedDataRejected));
`;

/** Says which packages a service has loaded by the time at which it knows its configuration. */
const PACKAGES_OF = `
require('reflect-metadata');
require('./' + process.argv[1] + '.config.js');
require('./' + process.argv[1] + '.module.js');
const folders = Object.keys(require.cache).map((file) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1]);
process.stdout.write(JSON.stringify([...new Set(folders)]));
`;

describe('dist/bundles, as npm run build makes it', () => {
  it.each(SERVICES)('%s: what is compiled ahead is good for the flags that npm run up gives', (service) => {
    const cwd = join(ROOT, 'dist', 'bundles', service);
    expect(execFileSync(process.execPath, [...NODE_FLAGS, '-e', TAKES_IT], { cwd, encoding: 'utf8' })).toBe('true');
  });

  // each is 50 to 70 ms of processor time, which a start after a crash has no use for
  it.each([
    ['catalog', ['mongoose', 'mongodb']],
    ['media', ['cloudinary', 'undici']],
    ['generation', ['@google/generative-ai', 'sharp']],
  ])('%s: %j are loaded only where the configuration asks for them', (service, packages) => {
    const cwd = join(ROOT, 'dist', 'apps', service, 'src');
    const loaded = JSON.parse(execFileSync(process.execPath, ['-e', PACKAGES_OF, service], { cwd, encoding: 'utf8' })) as string[];
    expect(loaded).toContain('zod');
    expect(loaded.filter((name) => packages.includes(name))).toEqual([]);
  });

  it('containers start with the same flags', () => {
    expect(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).toContain(`exec node ${NODE_FLAGS.join(' ')} \\"dist/bundles/$APP/main.js\\"`);
  });
});
