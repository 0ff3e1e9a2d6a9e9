// `npm run faults`: plays every fault of test/faults at length, with the seeds of FAULT_SEEDS (default 1,2,3), and prints a
// table row for each. With `-- --short` with few jobs, as `npm run check` does, and by default with one seed. Other arguments go
// to Jest, such as a file's name or `-t "paused"`.
import { join } from 'node:path';
import { build } from './build.mjs';
import { install, requireNode, ROOT } from './install.mjs';
import { run } from './run-command.mjs';

requireNode();
process.chdir(ROOT);
await install();
if ((await build()) !== 0) process.exit(1);
const args = process.argv.slice(2);
const env = { ...process.env, FAULTS: args.includes('--short') ? 'short' : 'long' };
console.log(
  '| fault | seed | jobs | ok | failed | unknown | lost | doubled | unfinished | extra calls | next picture | one asked for anew |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
const jest = ['--selectProjects', 'faults', '--runInBand', ...args.filter((argument) => argument !== '--short')];
process.exitCode = await run(join(ROOT, 'node_modules', '.bin', 'jest'), jest, { cwd: ROOT, env });
