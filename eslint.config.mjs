import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The environment is read once, in a service's configuration, so that all faults are reported together at boot. */
const NO_ENVIRONMENT = {
  object: 'process',
  property: 'env',
  message: 'Read the environment in *.config.ts or main.ts (one zod schema per app) and pass the value in.',
};

const NO_ANY_SIGNAL = {
  object: 'AbortSignal',
  property: 'any',
  message: 'It does not fire when a time-out among its signals was collected: use withDeadline of @facet/platform.',
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.cache/', '.data*/', 'docs/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'max-lines': ['error', 300] },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A default clause is an answer for all other cases.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-properties': ['error', NO_ENVIRONMENT, NO_ANY_SIGNAL],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],

      // A Nest module is a class that only carries its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Numbers in messages and keys are meant; everything else must be turned into text on purpose.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => emitter.emit(...)` as a callback whose result nobody takes.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Adapters implement ports that are asynchronous, also where this one has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // What a library throws into a catch is passed on as it is; our own errors are FacetErrors, which the types show.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // Environment variables and headers are read as record['NAME'], which shows that the name comes from outside.
      '@typescript-eslint/dot-notation': 'off',
      // Nest and the NATS clients declare the shapes of their options as classes, and want plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // [...text] takes a text apart by code points, which is what it is used for.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A leading underscore says that a parameter is there for its place only.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    // Nest injects by the class that a constructor parameter names, which a type import would erase.
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // These are where the environment comes in.
    files: ['**/*config*.ts', '**/main.ts', 'tools/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'libs/testing/**/*.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-properties': ['error', NO_ANY_SIGNAL] },
  },
  {
    // Programs for a person at a terminal.
    files: ['tools/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // expect.any() and response bodies are untyped by nature; the assertion is their check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // expect(object.method) does not call the method.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
