import tseslint from 'typescript-eslint';

const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message:
    'Only a handler reads the environment (functions/<name>/handler.ts); everything else takes its dependencies.',
};

/** What a room may not import: functions → shared; infra → both; tools → all of these; test → everything. */
const closed = (files, ...patterns) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
  },
});
const outward = [['**/functions/**', '**/infra/**', '**/tools/**', '**/test/**'], 'shared/ does not know its users.'];
const chorusPro = [['**/chorus-pro/**'], "Chorus Pro's own names stay inside shared/chorus-pro/."];

const calls = [
  ['**/chorus-pro/session.ts', '**/chorus-pro/operations.ts', '**/chorus-pro/guards.ts'],
  'Only shared/chorus-pro/ makes calls; everything else has a ChorusPro.',
];

export default tseslint.config(
  {
    ignores: [
      ...['node_modules', 'cdk.out', '.build', '.local', 'coverage', 'eslint.config.js', 'tools/start.js'],
      // Its packages are installed by the bench alone.
      'test/bench/usual-stack',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'functions/desk/client/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', processEnv],
    },
  },
  {
    files: ['functions/*/handler.ts', 'infra/**', 'tools/**', 'test/**', '*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // The library calls it deprecated so that nobody uses it elsewhere: the issuer on this machine has no certificate.
    files: ['functions/desk/client/sign-in.ts'],
    rules: {
      '@typescript-eslint/no-deprecated': ['error', { allow: ['allowInsecureRequests'] }],
    },
  },
  // A table of sentences, facts, timings or terms reads best whole.
  {
    files: [
      'shared/invoice/reason-texts.ts',
      'shared/chorus-pro/facts.ts',
      'shared/facts/timings.ts',
      'shared/diagnostics/findings.ts',
      'shared/e-invoice/{terms,cii,ubl}.ts',
      'tools/command-line/french.ts',
      'tools/docs/french/field-texts.ts',
    ],
    rules: { 'max-lines': 'off' },
  },
  closed(['shared/**'], outward),
  closed(['shared/ledger/**', 'shared/invoice/**'], outward, chorusPro),
  closed(['shared/tracking/**', 'shared/diagnostics/**'], outward, calls),
  closed(['functions/**'], [['**/infra/**', '**/tools/**', '**/test/**'], 'functions import shared/ only.'], calls),
  closed(['infra/**'], [['**/tools/**', '**/test/**'], 'infra/ is the cloud: it knows no tool and no test.']),
  closed(['tools/**'], [['**/test/**'], 'tools are run without the tests.'], calls),
);
