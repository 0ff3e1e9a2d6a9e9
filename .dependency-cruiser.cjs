// The module boundaries of docs/architecture.md. `npm run boundaries` checks them.
const TESTS = '\\.(spec|contract)\\.ts$';
const PRODUCTION = { path: '^(apps|libs)/', pathNot: [TESTS, '/testing/'] };

/** Only code below `owner` may import a package whose folder matches `packages`. */
const belongsTo = (owner, packages) => ({
  name: `only-in-${owner.replace('/', '-')}`,
  comment: `What is particular to this package stays behind a port of ${owner}; the others meet it in messages.`,
  severity: 'error',
  from: { path: '^(apps|libs|tools)/', pathNot: [`^${owner}/`, '^libs/testing/', '^tools/doctor/', TESTS] },
  to: { path: `(^|/)node_modules/(${packages.join('|')})/` },
});

/** Of ours, a library imports itself and `others`, no more; what is in `exempt` may. */
const standsOn = (library, others, comment, exempt = [TESTS]) => ({
  name: `${library}-on-${others.join('-and-')}-only`,
  comment,
  severity: 'error',
  from: { path: `^libs/${library}/`, pathNot: exempt },
  to: { path: '^(apps|libs|tools|test)/', pathNot: `^libs/(${[library, ...others].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle has no reading order, and with CommonJS one side sees the other half made.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-app-imports-another',
      comment: 'Services meet in messages. What two of them need is a message, or belongs to a library.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-library-imports-an-app',
      comment: 'Libraries know nothing of who uses them.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'contracts-stand-alone',
      comment: 'The message catalogue is read by other programs and generated documents as well.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: TESTS },
      to: { path: '^(apps|libs|tools|test)/', pathNot: '^libs/contracts/' },
    },
    standsOn('platform', ['contracts'], 'Configuration, errors and logs know nothing of how messages travel.'),
    standsOn('messaging', ['contracts', 'platform'], 'The transport knows no business.', [TESTS, '/testing/']),
    standsOn('service', ['contracts', 'platform'], 'How a process starts and tells of itself knows nothing of what it does.'),
    {
      name: 'only-services-run-as-services',
      comment: 'Tools and libraries load neither Fastify nor Swagger.',
      severity: 'error',
      from: { path: '^(tools|libs)/', pathNot: [TESTS, '/testing/', '^libs/service/'] },
      to: { path: '^libs/service/' },
    },
    {
      name: 'no-test-aids-in-production',
      comment: 'libs/testing starts containers and plays other programs; like any folder of that name it is not compiled into dist/.',
      severity: 'error',
      from: PRODUCTION,
      to: { path: '^(test|bench)/|/testing/' },
    },
    {
      name: 'no-tools-in-production',
      comment: 'Tools use the apps, not the other way round.',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { path: '^tools/' },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'The container images hold production dependencies only.',
      severity: 'error',
      from: PRODUCTION,
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'An import that leads nowhere, or a package that package.json does not name.',
      severity: 'error',
      from: { path: '^(apps|libs|tools|test|bench)/' },
      to: { couldNotResolve: true },
    },
    belongsTo('apps/catalog', ['mongoose', 'mongodb', '@nestjs/mongoose']),
    belongsTo('apps/media', ['cloudinary']),
    belongsTo('apps/generation', ['@google/generative-ai', '@techstark/opencv-js']),
  ],
  options: {
    exclude: '^(dist|\\.data[^/]*|\\.cache|coverage)/',
    doNotFollow: '(^|/)node_modules/',
    tsConfig: { fileName: 'tsconfig.json' },
    // A type that is imported is a dependency too: a Mongoose type may not leave the catalog either.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'import', 'node', 'default', 'types'] },
  },
};
