import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../install.mjs';

/** What a service runs as: one file in place of a thousand modules (docs/adr/0029-one-file-per-service.md). */
const SERVICES = ['gateway', 'generation', 'media', 'catalog'];

/** Those of tools/up/service-programs.ts and of the Dockerfile: V8 takes compiled code under the same flags only. */
const NODE_FLAGS = ['--expose-gc', '--v8-pool-size=1', '--max-semi-space-size=64'];

/** Binaries, and packages that find files or threads beside themselves: loaded from node_modules when they are needed. */
const LEFT_OUTSIDE = ['@img/*', '@node-rs/argon2', '@techstark/opencv-js', 'piscina', 'swagger-ui-dist'];

/** As it is published for Node, each of the forty files that import it would get a copy of its namespace, with a getter for each name. */
const AS_ES_MODULES = {
  rxjs: join(ROOT, 'node_modules', 'rxjs', 'dist', 'esm', 'index.js'),
  'rxjs/operators': join(ROOT, 'node_modules', 'rxjs', 'dist', 'esm', 'operators', 'index.js'),
};

/** What Nest would load for features that Facet does not use. */
const NOT_INSTALLED = [
  '@fastify/view',
  '@grpc/*',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'amqp-connection-manager',
  'amqplib',
  'class-transformer',
  'class-validator',
  'ioredis',
  'kafkajs',
  'mqtt',
];

/**
 * What in Nest the bundler cannot follow. Its optional companions it loads by a `require` of its own making: a second Nest, out of
 * node_modules. And a copy of Mongoose's one instance, which is what a bundled namespace is, takes itself for another Mongoose.
 */
const FOR_THE_BUNDLER = [
  ['const require = createRequire(import.meta.url);', ''],
  ['createRequire(import.meta.url)', 'require'],
  ["import * as mongoose from 'mongoose'", "import mongoose from 'mongoose'"],
  // the format of a date in Nest's own log, which Facet's takes the place of: 25 ms of a start
  ['const dateTimeFormatter = new Intl.DateTimeFormat(', 'const dateTimeFormatter = () => new Intl.DateTimeFormat('],
  ['dateTimeFormatter.format(', 'dateTimeFormatter().format('],
];

/** sharp looks for its binary beside itself: there may be one that was built on this machine. */
const FOR_SHARP = [['createRequire(import.meta.url)', "createRequire(createRequire(import.meta.url).resolve('sharp'))"]];

const readablePackages = {
  name: 'readable-packages',
  setup(build) {
    const change = (filter, changes) =>
      build.onLoad({ filter }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        return { contents: changes.reduce((changed, [from, to]) => changed.replaceAll(from, to), text), loader: 'js' };
      });
    change(/[/\\]node_modules[/\\]@nestjs[/\\].*\.js$/, FOR_THE_BUNDLER);
    change(/[/\\]node_modules[/\\]sharp[/\\].*\.mjs$/, FOR_SHARP);
  },
};

/** Facet's own files, compiled as the tests compile them (.swcrc): with the decorators' metadata, which the bundler does not write. */
const withMetadata = (swc) => ({
  name: 'with-metadata',
  setup(build) {
    build.onLoad({ filter: /[/\\](apps|libs)[/\\].*\.ts$/ }, async ({ path: filename }) => {
      const { code } = await swc.transformFile(filename, { cwd: ROOT, module: { type: 'es6' }, sourceMaps: false });
      return { contents: code, loader: 'js' };
    });
  },
});

/** Puts each service together in dist/bundles, out of its sources. Answers with the exit code; the bundler has said what is wrong. */
export async function bundle() {
  const output = join(ROOT, 'dist', 'bundles');
  // V8 compares no more than the length of what it compiled with the text that it is given
  for (const service of SERVICES) rmSync(join(output, service, 'program.cache'), { force: true });
  const programs = SERVICES.map((service) => [`${service}/program`, join('apps', service, 'src', 'main.ts')]);
  const worker = ['generation/studio.worker', join('apps', 'generation', 'src', 'studio', 'studio.worker.ts')];
  // not there yet when this file is loaded on a fresh machine
  const [esbuild, { default: swc }] = await Promise.all([import('esbuild'), import('@swc/core')]);
  try {
    await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: Object.fromEntries([...programs, worker]),
      outdir: output,
      bundle: true,
      platform: 'node',
      target: 'node20',
      // without indentation, a third of what a start would read; names stay, and a stack trace leads to a line that can be found
      minifyWhitespace: true,
      lineLimit: 160,
      keepNames: true,
      // their packages stay in node_modules, with their licences
      legalComments: 'none',
      external: [...LEFT_OUTSIDE, ...NOT_INSTALLED],
      alias: AS_ES_MODULES,
      // a require instead: compiled code that comes out of a cache cannot import()
      supported: { 'dynamic-import': false },
      banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
      define: { 'import.meta.url': 'bundleUrl' },
      plugins: [readablePackages, withMetadata(swc)],
      logLevel: 'warning',
    });
    await Promise.all(SERVICES.map((service) => compileAhead(join(output, service))));
    return 0;
  } catch (error) {
    if (!error.errors) console.error(error);
    return 1;
  }
}

/** The bundler leaves a few characters beyond ASCII in regular expressions, where an escape means the same, and in comments. */
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Starts the service where there is no NATS, which it waits for, and keeps what V8 has compiled until then. */
async function compileAhead(folder) {
  const main = join(folder, 'main.js');
  copyFileSync(join(ROOT, 'tools', 'bundles', 'main.cjs'), main);
  const program = join(folder, 'program.js');
  writeFileSync(program, Module.wrap(readFileSync(program, 'utf8').replace(/[^\0-\x7f]/g, escaped)));
  const env = { NATS_URL: 'nats://127.0.0.1:1', JWT_SECRET: 'of no use, as nothing is ever served', LOG_LEVEL: 'silent', PORT: '0' };
  await promisify(execFile)(process.execPath, [...NODE_FLAGS, main, '--compile'], { env, timeout: 60_000 });
}
