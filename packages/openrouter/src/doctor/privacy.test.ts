import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { aKey } from '../testing/keys.ts';
import { setupChecks, upstreamChecks } from './checks/standard.ts';
import { formatHuman, plain } from './format/human.ts';
import { formatJson } from './format/json.ts';
import { formatMarkdown } from './format/markdown.ts';
import { examined } from './testing/examined.ts';

/** Only its last four characters may be seen: a run of five would be more. */
const planted = aKey('f');
const management = aKey('a');
const TOLD_TOO_MUCH = /f{5}|a{5}/;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

/** Runs everything, and gives whatever anybody could read of it. */
async function readable(respond?: {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}) {
  const takeBack = respond && simulator.script({ times: Infinity, respond });
  const seen: unknown[] = [];
  const report = await examined(
    {
      OPENROUTER_API_KEY: `"${planted}"`,
      OPENROUTER_KEY: management,
      OPENROUTER_MANAGEMENT_KEY: management,
      OPENROUTER_BASE_URL: simulator.url,
    },
    {
      onCheck: (check) => seen.push(check),
      checks: [
        ...setupChecks,
        ...upstreamChecks,
        {
          id: 'throws',
          title: 'Throws',
          run() {
            throw new Error(`Cannot use ${planted}`);
          },
        },
      ],
    },
  );
  takeBack?.();
  return [
    formatHuman(report, plain),
    formatHuman(report, (_look, text) => `<${text}>`),
    formatMarkdown(report),
    formatJson(report),
    JSON.stringify(seen),
  ].join('\n');
}

const bare = planted.slice('sk-or-v1-'.length);

it.each([
  ['answers as usual', undefined],
  [
    'repeats the key',
    { status: 401, body: { error: { code: 401, message: `No user ${planted}` } } },
  ],
  [
    'repeats a part of it',
    { status: 403, body: { error: { message: `key …${bare.slice(0, 9)}` } } },
  ],
  [
    'repeats it in raw',
    {
      status: 502,
      body: { error: { code: 502, message: 'x', metadata: { provider_name: 'P', raw: bare } } },
    },
  ],
  [
    'repeats it in a page',
    {
      status: 200,
      body: `<title>Denied ${planted}</title>`,
      headers: { 'Content-Type': 'text/html' },
    },
  ],
  [
    'repeats it in a header',
    {
      status: 200,
      body: '<p>',
      headers: { 'Content-Type': 'text/html', Server: bare.slice(0, 20) },
    },
  ],
])('nothing that can be read holds the key when upstream %s', async (_what, respond) => {
  const text = await readable(respond);

  expect(text).toContain('sk-or-v1-…ffff');
  expect(text).not.toMatch(TOLD_TOO_MUCH);
  expect(text).toContain('The check itself failed: Error');
});

it('of an address with a password only the password is hidden', async () => {
  const report = await examined(
    { OPENROUTER_API_KEY: 'user_provided', PROXY: 'http://me:pass%21word-of-mine@127.0.0.1:9' },
    {},
  );

  const text = formatJson(report);
  expect(text).toContain('OPENROUTER_API_KEY = user_provided');
  expect(text).toContain('through the proxy 127.0.0.1:9');
  expect(text).toContain('Asked is https://openrouter.ai/api/v1');
  expect(text).not.toMatch(/pass%21|pass!word|of-mine/);
});

it('a value that is no key is not shown at all, not even its end', async () => {
  const report = await examined(
    { OPENROUTER_API_KEY: 'hunter2-is-my-password' },
    { checks: setupChecks },
  );

  const text = formatJson(report) + formatMarkdown(report) + formatHuman(report, plain);
  expect(text).toContain('(not shown)');
  expect(text).not.toMatch(/hunter2|password/);
});
