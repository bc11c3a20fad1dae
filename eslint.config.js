import stylistic from '@stylistic/eslint-plugin';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** The hard limit for the lines of a module; most have a third of that. */
const MAX_LINES = 250;

const CAST_THROUGH_UNKNOWN = {
  selector: 'TSAsExpression > TSAsExpression.expression > TSUnknownKeyword.typeAnnotation',
  message: 'Take the narrow type that is needed, or check the shape where the program runs.',
};

/** Matches an AppError whose sentence is written where it is thrown; with the code `internal` that is for the log. */
const READERS_SENTENCE = {
  selector: ['Literal', 'TemplateLiteral', 'BinaryExpression']
    .map((type) => `NewExpression[callee.name='AppError'][arguments.0.value!='internal'][arguments.1.type='${type}']`)
    .join(),
  message: 'Readers see this sentence: it belongs in server/sentences/.',
};

export default tseslint.config(
  { ignores: ['dist/', '.bankrun/', '.astro/', 'node_modules/', 'public/', '**/*.astro', 'tests/**/fixtures/'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: MAX_LINES, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-self-compare': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
    },
  },
  {
    // The formatter breaks code, and authors break texts and patterns: only an address may make a line longer.
    plugins: { '@stylistic': stylistic },
    rules: { '@stylistic/max-len': ['error', { code: 120, ignoreUrls: true }] },
  },
  {
    // Every export has a description.
    files: ['commands/**/*.ts', 'server/**/*.{ts,mjs}', 'shared/**/*.ts', 'src/**/*.ts', 'standin/src/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          enableFixer: false,
          require: {
            ArrowFunctionExpression: true,
            ClassDeclaration: true,
            FunctionDeclaration: true,
            FunctionExpression: true,
          },
          contexts: [
            'ExportNamedDeclaration > TSInterfaceDeclaration',
            'ExportNamedDeclaration > TSTypeAliasDeclaration',
            'ExportNamedDeclaration > VariableDeclaration',
          ],
        },
      ],
      'jsdoc/require-description': [
        'error',
        {
          contexts: ['FunctionDeclaration', 'ClassDeclaration', 'VariableDeclaration'].map(
            (kind) => `ExportNamedDeclaration > ${kind}`,
          ),
        },
      ],
    },
  },
  {
    files: ['**/*.{ts,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      // A function whose interface requires a promise need not await anything.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      // Numbers and booleans read well in messages.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  // Astro's types already determine what the functions of pages return.
  { files: ['src/pages/**/*.ts'], rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' } },
  {
    files: ['**/*.{ts,mts}'],
    rules: { 'no-restricted-syntax': ['error', CAST_THROUGH_UNKNOWN] },
  },
  {
    files: ['standin/tests/**/*.ts', 'tests/**/*.ts'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      // Vitest's asymmetric matchers, such as expect.stringMatching, have the type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.base],
    languageOptions: { sourceType: 'module' },
    rules: { '@typescript-eslint/no-unused-vars': 'error' },
  },
  // Which folders may import which is in dependency-cruiser.config.js.
  {
    files: ['server/**/*.ts', 'shared/**/*.ts', 'src/**/*.ts'],
    ignores: ['server/config.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        CAST_THROUGH_UNKNOWN,
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only server/config.ts reads the environment: take what you need as an argument.',
        },
        READERS_SENTENCE,
      ],
    },
  },
);
