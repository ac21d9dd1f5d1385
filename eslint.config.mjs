import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const impureGlobals = [
  { object: 'Date', property: 'now', message: 'Take a Clock as a dependency.' },
  { object: 'Math', property: 'random', message: 'Take chance as a dependency.' },
  { object: 'process', property: 'env', message: 'Settings are parsed once, in src/config.ts.' },
];

/** `new Date()` and `Date()` read this machine's time; `new Date(instant)` does not. */
const impureSyntax = ['NewExpression', 'CallExpression'].map((kind) => ({
  selector: `${kind}[callee.name="Date"][arguments.length=0]`,
  message: 'Take a Clock as a dependency.',
}));

export default tseslint.config(
  { ignores: ['node_modules/', 'data/', '**/dist/', 'artifacts/', '**/*.mjs', '**/*.cjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['web/vite.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/require-await': 'off',
      // Ports are plain objects of closures: no method here uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      complexity: ['error', 14],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-properties': ['error', ...impureGlobals],
      'no-restricted-syntax': ['error', ...impureSyntax],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: 'error',
    },
  },
  {
    files: [
      'test/**',
      'bench/**',
      'chaos/**',
      'scripts/**',
      'web/**',
      '**/vite.config.ts',
      'vitest.config.ts',
    ],
    rules: {
      'no-restricted-properties': 'off',
      'no-restricted-syntax': 'off',
      'max-lines-per-function': 'off',
      'no-console': 'off',
    },
  },
  // The one place that hands the environment to src/config.ts.
  { files: ['src/main.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['web/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  { files: ['**/vite.config.ts', 'vitest.config.ts'], rules: { 'no-restricted-exports': 'off' } },
);
