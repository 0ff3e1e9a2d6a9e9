const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * What the bundles of the services are compiled with as well. Read here: by itself it would be looked for where Jest was started.
 * Source maps beside the compiled files: within, where `@swc/jest` puts them, they are half of what each file of tests reads of a
 * thousand modules.
 */
const SWC = { ...JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8')), sourceMaps: true };

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Nest 12, jose and @nats-io are published as ESM: everything goes through swc, which does not check types (`npm run check` does).
  transform: { '^.+\\.[mc]?[tj]s$': ['@swc/jest', SWC] },
  transformIgnorePatterns: [],
  moduleNameMapper: {
    '^@facet/(.*)$': '<rootDir>/libs/$1/src',
    // what is loaded on demand (`import()`) is named as Node wants it, by the file that the compiler makes. Each by its name: a pattern for
    // all would be tried for thousands of imports within packages, 0.4 s for a file of tests
    '^(\\./(?:assets/cloudinary-store|gemini/gemini-image-model|images/mongo-memory\\.module|sandbox/sandbox-model))\\.js$': '$1',
  },
  setupFiles: ['<rootDir>/libs/testing/src/quiet-logs.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache', '<rootDir>/.data'],
};

/** `x.spec.ts`: no I/O. `x.int.spec.ts`: real NATS, MongoDB, sockets. `test/e2e`: the real processes; `test/faults`: the same, broken. */
module.exports = {
  // a machine that does other things beside may take seconds for what takes one; what hangs is still told from what is slow
  testTimeout: 30_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|faults)\\.spec\\.ts$'],
    },
    { ...base, displayName: 'integration', testMatch: ['**/*.int.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/*.e2e.spec.ts'] },
    {
      ...base,
      displayName: 'faults',
      testMatch: ['<rootDir>/test/faults/*.faults.spec.ts'],
      // `npm run faults` sets it; what takes minutes is no part of `npm run check`
      testPathIgnorePatterns: process.env.FAULTS === 'long' ? [] : ['\\.long\\.faults\\.spec\\.ts$'],
    },
  ],
};
