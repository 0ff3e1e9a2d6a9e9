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

describe('dist/bundles, as npm run build makes it', () => {
  it.each(SERVICES)('%s: what is compiled ahead is good for the flags that npm run up gives', (service) => {
    const cwd = join(ROOT, 'dist', 'bundles', service);
    expect(execFileSync(process.execPath, [...NODE_FLAGS, '-e', TAKES_IT], { cwd, encoding: 'utf8' })).toBe('true');
  });

  it('containers start with the same flags', () => {
    expect(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).toContain(`exec node ${NODE_FLAGS.join(' ')} \\"dist/bundles/$APP/main.js\\"`);
  });
});
