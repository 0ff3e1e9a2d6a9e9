// `npm run check`: everything that must hold before a change is taken in. Runs every step even after a failure, so that
// one run shows all there is to mend. Steps that do not need each other's work run side by side. The last line is "N passed, N failed", counted by Jest; a step that is no test and
// fails counts as one failed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { build } from './build.mjs';
import { install, requireNode, ROOT } from './install.mjs';
import { run } from './run-command.mjs';
import { countTests } from './test-counts.mjs';

const RESULTS = join(ROOT, '.cache', 'test-results.json');

const node = (script, ...args) => run(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT });
const tool = (name, ...args) => run(join(ROOT, 'node_modules', '.bin', name), args, { cwd: ROOT });

/** Tests start NATS servers of their own, and the supervisor, which looks on PATH: both get the one that `npm run up` would take. */
function withNatsServer() {
  try {
    const binary = execFileSync(process.execPath, [join(ROOT, 'dist', 'tools', 'up', 'nats-server-path.js')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const server = binary.trim();
    return { ...process.env, NATS_SERVER: server, PATH: dirname(server) + delimiter + process.env.PATH };
  } catch {
    console.error('no nats-server: the tests that start one themselves are going to fail');
    return process.env;
  }
}

function tests() {
  mkdirSync(dirname(RESULTS), { recursive: true });
  rmSync(RESULTS, { force: true });
  // of the faults the short versions; the long ones are `npm run faults`. Three files at once, on two cores as well: a quarter of the time
  // a test waits, for a service to come back or a deadline to pass
  const args = ['--ci', '--maxWorkers=3', '--json', `--outputFile=${RESULTS}`, '--selectProjects', 'unit', 'integration', 'e2e', 'faults'];
  return run(join(ROOT, 'node_modules', '.bin', 'jest'), args, { cwd: ROOT, env: withNatsServer() });
}

const LINT = [{ name: 'lint', run: () => tool('eslint', '.') }];
/** Together as long as the lint. */
const OTHERS = [
  { name: 'types', run: () => tool('tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'build', run: build },
  { name: 'module boundaries', run: () => tool('depcruise', '.') },
  { name: 'generated files', run: () => node('dist/tools/generate/main.js', '--check') },
  { name: 'format', run: () => tool('prettier', '--check', '--log-level=warn', '.') },
];
const TESTS = [{ name: 'tests', run: tests }];

/** Runs steps one after the other. */
async function inTurn(steps) {
  const outcomes = [];
  for (const { name, run: work } of steps) {
    console.log(`── ${name} ──`);
    const began = performance.now();
    const code = await work();
    outcomes.push({ name, ok: code === 0, seconds: (performance.now() - began) / 1000 });
    if (code !== 0) console.log(`── ${name} failed ──`);
  }
  return outcomes;
}

requireNode();
await install();
const outcomes = (await Promise.all([inTurn(LINT), inTurn(OTHERS)])).flat();
// alone: tests that meet real time are not to wait for a compiler
outcomes.push(...(await inTurn(TESTS)));

console.log('\n── summary ──');
for (const { name, ok, seconds } of outcomes)
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s`);
const counts = countTests(RESULTS, outcomes.find(({ name }) => name === 'tests').ok);
for (const name of counts.names) console.log(`FAILED  ${name}`);
const failedSteps = outcomes.filter(({ name, ok }) => name !== 'tests' && !ok).length;
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
console.log(`${counts.passed} passed, ${counts.failed + failedSteps} failed`);
