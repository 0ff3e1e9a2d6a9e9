import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '../up/service-programs';
import { SERVICES } from '../up/options';

const ROOT = join(__dirname, '..', '..');

/** Says whether V8 takes what it has compiled of a service ahead. */
const TAKES_IT = `
const { readFileSync } = require('node:fs');
const script = new (require('node:vm').Script)(readFileSync('program.js', 'latin1'), { cachedData: readFileSync('program.cache') });
process.stdout.write(String(!script.cachedDataRejected));
`;

/** Says of which packages a service has run code by the time at which it waits for NATS, which is not there. */
const PACKAGES_RUN = `
const session = new (require('node:inspector').Session)();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true });
require('./main.js');
setImmediate(() => {
  session.post('Profiler.takePreciseCoverage', (_, { result }) => {
    const functions = result.flatMap(({ functions }) => functions).filter(({ ranges }) => ranges[0].count > 0);
    // the bundler calls the function that a module has become by the module's path
    const packages = functions.map(({ functionName }) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(functionName)?.[1]);
    require('node:fs').writeSync(1, JSON.stringify([...new Set(packages)]));
    process.exit();
  });
});
`;

function packagesRunBy(service: string, settings: Record<string, string> = {}): string[] {
  const env = { NATS_URL: 'nats://127.0.0.1:1', JWT_SECRET: 'of no use, as nothing is ever served', LOG_LEVEL: 'silent', PORT: '0' };
  const cwd = join(ROOT, 'dist', 'bundles', service);
  const output = execFileSync(process.execPath, ['-e', PACKAGES_RUN], { cwd, env: { ...env, ...settings }, encoding: 'utf8' });
  return JSON.parse(output) as string[];
}

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
    const run = packagesRunBy(service);
    expect(run).toContain('zod');
    expect(run.filter((name) => packages.includes(name))).toEqual([]);
  });

  it('catalog: they are where it does', () => {
    expect(packagesRunBy('catalog', { MONGODB_URI: 'mongodb://127.0.0.1:1' })).toEqual(expect.arrayContaining(['mongoose', 'mongodb']));
  });

  it('containers start with the same flags', () => {
    expect(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).toContain(`exec node ${NODE_FLAGS.join(' ')} \\"dist/bundles/$APP/main.js\\"`);
  });
});
