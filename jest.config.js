const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', tsx: true },
      transform: {
        react: { runtime: 'automatic' },
        // There is no such thing in CommonJS; react-router asks whether a bundler set it.
        optimizer: { globals: { vars: { 'import.meta.hot': 'undefined' } } },
      },
    },
    module: { type: 'commonjs' },
  },
];

/** What installs packages, or starts a program for every snippet: `npm run test:slow` runs them. */
const slow =
  process.env.TEST_SLOW === '1'
    ? []
    : ['/test/hosts/', '/test/clients/guides\\.test', '/test/docs/shell\\.test'];

const shared = {
  transform: { '\\.[cm]?[jt]sx?$': swc },
  // Packages that ship ESM only go through the transform as well, and one that uses import().
  transformIgnorePatterns: [
    '/node_modules/(?!(eventsource-parser|@openrouter-native|jose|@openrouter/sdk|@seriousme|github-slugger|@electric-sql|file-type|strtok3|token-types|@tokenizer|@borewit|uint8array-extras|lowlight|devlop|react-markdown|react-router|@remix-run|cookie-es|remark-[a-z]+|micromark[a-z-]*|mdast-[a-z-]+|hast-[a-z-]+|unist-[a-z-]+|estree-util-[a-z-]+|unified|vfile[a-z-]*|bail|trough|is-plain-obj|property-information|space-separated-tokens|comma-separated-tokens|html-url-attributes|decode-named-character-reference|character-entities|ccount|escape-string-regexp|markdown-table|zwitch|longest-streak|trim-lines|stringify-entities)/)',
  ],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
};

const conditions = ['@openrouter-native/source', 'node', 'require', 'default'];

/** @type {import('jest').Config} */
export default {
  testTimeout: 60_000, // A busy machine takes ten times as long as an idle one, also for hooks.
  projects: [
    {
      ...shared,
      displayName: 'node',
      testEnvironment: 'node',
      testEnvironmentOptions: { customExportConditions: conditions },
      testMatch: ['<rootDir>/{packages,api,client,test}/**/*.test.ts'],
      testPathIgnorePatterns: [
        ...shared.testPathIgnorePatterns,
        '<rootDir>/test/browser/',
        ...slow,
      ],
    },
    {
      ...shared,
      displayName: 'browser',
      testEnvironment: 'node',
      testEnvironmentOptions: { customExportConditions: conditions },
      testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'react 19, query 5',
      setupFiles: ['<rootDir>/client/src/testing/english.ts'],
      testEnvironment: '<rootDir>/test/support/browser-environment.js',
      testEnvironmentOptions: {
        customExportConditions: ['@openrouter-native/source', 'browser', 'require', 'default'],
      },
      testMatch: ['<rootDir>/{packages/react,client}/src/**/*.test.tsx'],
    },
    {
      ...shared,
      displayName: 'react 18, query 4',
      testEnvironment: '<rootDir>/test/support/browser-environment.js',
      testEnvironmentOptions: {
        customExportConditions: ['@openrouter-native/source', 'browser', 'require', 'default'],
      },
      testMatch: ['<rootDir>/packages/react/src/**/*.test.tsx'],
      moduleNameMapper: {
        '^(react|react-dom|@tanstack/react-query)$': '<rootDir>/test/node_modules/$1',
        '^(react|react-dom)/(.*)$': '<rootDir>/test/node_modules/$1/$2',
      },
    },
  ],
};
