import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who may import whom, and what each must stay free of. Imports point toward protocol. */
const workspaces: Record<string, { ours: string[]; never: RegExp[] }> = {
  'packages/protocol': {
    ours: [],
    never: [/^node:/, /^express$/, /^react/, /^axios$/],
  },
  'packages/openrouter': {
    ours: ['protocol'],
    never: [/^express$/, /^node-cache$/, /^react/],
  },
  'packages/plugin': {
    ours: ['protocol', 'openrouter'],
    never: [/^react/, /^axios$/, /^undici$/],
  },
  'packages/react': {
    ours: ['protocol'],
    never: [/^node:/, /^express$/, /^axios$/],
  },
  'packages/simulator': {
    ours: ['protocol'],
    never: [/^axios$/, /^undici$/, /^react/],
  },
  api: {
    ours: ['protocol', 'openrouter', 'plugin', 'simulator'],
    never: [/^react/, /^axios$/, /^undici$/, /^node-cache$/],
  },
  client: {
    ours: ['protocol', 'react'],
    never: [/^express$/, /^axios$/],
  },
};

const root = join(__dirname, '../..');
const SCOPE = '@openrouter-native/';
/** Tests may start the simulator, whatever their package ships. */
const forTestsOnly = new Set(['simulator']);

interface Source {
  path: string;
  isTest: boolean;
  text: string;
  imports: string[];
}

function sourcesOf(workspace: string): Source[] {
  return readdirSync(join(root, workspace), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(root, workspace, path), 'utf8');
      const imports = [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)];
      return {
        path: `${workspace}/${path}`,
        isTest: /\.test\.tsx?$|(^|\/)testing\/|(^|\/)vite(\.config\.ts$|\/)/.test(path),
        text,
        imports: imports.map(([, name]) => name ?? ''),
      };
    });
}

it.each(Object.entries(workspaces))('%s imports only what it may', (workspace, { ours, never }) => {
  const shipped = sourcesOf(workspace).filter(({ isTest }) => !isTest);
  const wrong = shipped.flatMap(({ path, imports }) =>
    imports
      .filter((name) =>
        name.startsWith(SCOPE)
          ? !ours.includes(name.slice(SCOPE.length))
          : never.some((pattern) => pattern.test(name)),
      )
      .map((name) => `${path} imports ${name}`),
  );

  expect(shipped.length).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});

it.each(Object.entries(workspaces))(
  '%s declares what it imports from us',
  (workspace, { ours }) => {
    const manifest = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    const declared = Object.keys(manifest.dependencies ?? {}).filter((name) =>
      name.startsWith(SCOPE),
    );
    const forTests = Object.keys(manifest.devDependencies ?? {}).filter((name) =>
      name.startsWith(SCOPE),
    );

    expect(declared.filter((name) => !ours.includes(name.slice(SCOPE.length)))).toEqual([]);
    expect(forTests.filter((name) => !forTestsOnly.has(name.slice(SCOPE.length)))).toEqual([]);
  },
);

it('lets nobody import across a workspace by path', () => {
  const wrong = Object.keys(workspaces)
    .flatMap(sourcesOf)
    .flatMap(({ path, imports }) => {
      const depth = path.split('/').length - 1;
      const own = path.startsWith('packages/') ? 2 : 1;
      return imports
        .filter((name) => (name.match(/\.\.\//g)?.length ?? 0) > depth - own)
        .map((name) => `${path} imports ${name}`);
    });

  expect(wrong).toEqual([]);
});

it('reads the environment of the running server in one place', () => {
  const readers = Object.keys(workspaces)
    .flatMap(sourcesOf)
    .filter(({ isTest, text }) => !isTest && text.includes('process.env'))
    .map(({ path }) => path);

  expect(readers).toEqual(['api/server/config.ts']);
});

it('keeps test out of every import', () => {
  const wrong = Object.keys(workspaces)
    .flatMap(sourcesOf)
    .filter(({ imports }) => imports.some((name) => name.startsWith(`${SCOPE}test`)));

  expect(wrong).toEqual([]);
});

it('knows every workspace', () => {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
  const known = Object.keys(workspaces);

  expect([...packages, 'api', 'client'].toSorted()).toEqual(known.toSorted());
  expect(known.every((workspace) => existsSync(join(root, workspace, 'package.json')))).toBe(true);
});
