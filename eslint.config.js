// Lint rules: types in strict mode, Lit templates and their accessibility, and the house rules that a machine can check.
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** What a card number could leak through, and what pages with a strict content security policy refuse. */
const unsafeInPages = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]',
    message: 'Text from a reader is data: render it as text through a template.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]',
    message: 'Pages with a strict content security policy refuse style attributes: use static styles or styleMap.',
  },
];

/** TypeScript that does more than describe types, and exports without a name. */
const unwantedSyntax = [
  { selector: 'TSEnumDeclaration', message: 'Use an `as const` object and a union type.' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use modules.' },
  { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
];

/** Puppeteer's waits for the content of shadow roots may never see it: see tools/shadow-content.mjs. */
const waitsInside = {
  selector:
    'CallExpression[callee.property.name=/^(locator|waitForSelector)$/] > :matches(Literal[value=/>>>/], TemplateLiteral:has(TemplateElement[value.raw=/>>>/]))',
  message: 'Use tools/shadow-content.mjs: changes in shadow roots alone wake no wait of Puppeteer.',
};

/** Elements are registered by define modules only, so that classes can be imported without. */
const definesElements = {
  selector: "CallExpression[callee.object.name='customElements'][callee.property.name='define']",
  message: 'Register elements in a define module.',
};

const domGlobals = ['document', 'window', 'location', 'navigator', 'localStorage', 'sessionStorage'];
const clockGlobals = ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'];
const pureGlobals = ['console', 'crypto', 'fetch', 'queueMicrotask', 'requestAnimationFrame'];

/**
 * Globals that a layer may not name, by themselves or as a property of the global object.
 * @param {readonly string[]} names @param {string} message
 */
const withoutGlobals = (names, message) => ({
  'no-restricted-globals': ['error', ...names.map((name) => ({ name, message }))],
  'no-restricted-properties': [
    'error',
    ...names.flatMap((property) => ['globalThis', 'self', 'window'].map((object) => ({ object, property, message }))),
  ],
});

export default defineConfig(
  // The pages of the frameworks are checked by the frameworks' own tools, which know their templates.
  globalIgnores([
    'dist/',
    'cdn/',
    'coverage/',
    'types/',
    'test/guards/types/*/*',
    'demo/{angular,react,svelte,vue}/',
    'test/system/hosts/{next,nuxt}/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Lit binds the listeners of its templates itself.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/parameter-properties': 'error',
      // A callback that only passes something on is one line.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreVoidReturningFunctions: true }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['{src,test,demo}/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice'], litA11y.configs.recommended],
    plugins: { 'lit-a11y': litA11y },
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      'lit/attribute-names': ['error', { convention: 'kebab' }],
      'lit/lifecycle-super': 'error',
      'lit/no-classfield-shadowing': 'error',
      'lit/no-invalid-escape-sequences': 'error',
      'lit/no-legacy-imports': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/prefer-static-styles': 'error',
      // Lit's base class has every callback.
      'wc/guard-super-call': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...unwantedSyntax, ...unsafeInPages, definesElements],
      'no-restricted-imports': [
        'error',
        {
          patterns: ['lit/directives/unsafe-*'],
          // It registers the class wherever it is imported.
          paths: ['lit/decorators.js', 'lit/decorators/custom-element.js'].map((name) => ({
            name,
            importNames: ['customElement'],
            message: 'Register elements in a define module.',
          })),
        },
      ],
      ...withoutGlobals(['WebSocket'], 'Only transports/web-socket.ts names it: a transport is injected.'),
      // A console keeps what it is given: nothing of a card may come near it.
      'no-console': 'error',
    },
  },
  // The globals that a layer may not name; which layer may import which is in .dependency-cruiser.mjs.
  {
    files: ['src/transports/web-socket.ts'],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/**/define.ts'],
    rules: { 'no-restricted-syntax': ['error', ...unwantedSyntax, ...unsafeInPages] },
  },
  {
    files: ['src/{client,transactions,journal,connection}/**/*.ts'],
    ignores: ['src/connection/environment.ts'],
    rules: withoutGlobals(
      ['WebSocket', ...domGlobals, ...clockGlobals],
      'This layer runs without a page, and on a clock that stands still in tests: see connection/environment.ts.',
    ),
  },
  {
    files: ['src/connection/environment.ts', 'src/simulator/**/*.ts'],
    rules: withoutGlobals(['WebSocket', ...domGlobals], 'This layer runs without a page.'),
  },
  {
    files: ['src/mms/**/*.ts'],
    rules: withoutGlobals(['WebSocket', ...domGlobals, ...clockGlobals, ...pureGlobals], 'mms is pure.'),
  },
  // A command line prints; the guard of the define modules and the loader warn about two copies of this package, and the loader
  // about code that is missing.
  {
    files: ['src/cli/**/*.ts', 'src/elements/shared/can-define.ts', 'src/loader/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...unwantedSyntax, waitsInside],
      // Tests feed wrong values on purpose and read what they know to be there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      // `expect(x).to.be.true` is an assertion.
      '@typescript-eslint/no-unused-expressions': 'off',
      // A chai plugin declares `equal` as a promise, which it is not; `accessible()` really must be awaited.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: '@types/chai', name: 'Equal' }] },
      ],
    },
  },
  {
    // Tools and settings: plain JavaScript, and TypeScript that stands outside the project.
    files: ['**/*.{js,mjs}', '*.config.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
    rules: { 'no-restricted-syntax': ['error', waitsInside] },
  },
);
