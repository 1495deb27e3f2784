/** `npm run bench`: this server against the limits of Node, on this machine, in one run. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { freePort, startContestant, type Contestant } from './contestant.ts';
import { cancelMs, cpuPerRequest, firstByteMs, median, throughput, type Load } from './measure.ts';
import { signUp } from './sign-up.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string', default: 'test-results/bench.json' },
    rounds: { type: 'string', default: '7' },
    requests: { type: 'string', default: '600' },
  },
});
const rounds = Number(options.rounds);
const requests = Number(options.requests);
const CONNECTIONS = 16;
const READERS = 64;
const FIRST_BYTES = 300;
const CANCELS = 31;

const running: Contestant[] = [];
const dataDir = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  await main();
} finally {
  await Promise.all(running.map((contestant) => contestant.stop()));
  await rm(dataDir, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const upstream = await start('upstream', './upstream.ts');
  const pipe = await start('bare pipe', './bare-pipe.ts', { args: [String(upstream.port)] });
  const resJson = await start('res.json', './res-json.ts');
  const port = await freePort();
  const ours = await start('this server', '../../api/server/index.ts', {
    port,
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      OPENROUTER_API_KEY: `sk-or-v1-${'0'.repeat(64)}`,
      OPENROUTER_BASE_URL: `http://127.0.0.1:${upstream.port}/api/v1`,
      OPENROUTER_CACHE_DIR: join(dataDir, 'cache'),
      LOG_LEVEL: 'warn',
    },
  });
  const headers = { Authorization: `Bearer ${await signUp(port)}` };

  const chat = (stream: boolean, path = '/api/openrouter/chat/completions'): Load => ({
    path,
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      model: 'openai/gpt-5-mini',
      stream,
      messages: [{ role: 'user', content: 'Say a hundred words.' }],
    }),
  });
  const models = (encoding: string): Load => ({
    path: '/api/openrouter/models',
    method: 'GET',
    headers: { ...headers, 'Accept-Encoding': encoding },
  });

  const paced = chat(true);
  const slowly = { ...paced, body: String(paced.body).replace('a hundred', 'slowly a hundred') };
  const volume = { requests, connections: CONNECTIONS };
  const readers = { requests, connections: READERS };
  const cells = {
    'CPU per answer streamed token by token, this server (µs)': () =>
      cpuPerRequest(ours, slowly, readers),
    'CPU per answer streamed token by token, bare pipe (µs)': () =>
      cpuPerRequest(pipe, slowly, readers),
    'CPU per answer streamed at once, this server (µs)': () =>
      cpuPerRequest(ours, chat(true), volume),
    'CPU per answer streamed at once, bare pipe (µs)': () =>
      cpuPerRequest(pipe, chat(true), volume),
    'CPU per JSON answer, this server (µs)': () => cpuPerRequest(ours, chat(false), volume),
    'CPU per JSON answer, bare pipe (µs)': () => cpuPerRequest(pipe, chat(false), volume),
    '/models per second, this server, br': () => throughput(ours, models('br'), volume),
    '/models per second, this server, identity': () => throughput(ours, models('identity'), volume),
    '/models per second, res.json': () =>
      throughput(resJson, models('identity'), { ...volume, requests: requests / 4 }),
  };
  for (const run of Object.values(cells)) await run(); // Warm up: compiled code, open connections.

  const samples: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(cells)) (samples[name] ??= []).push(await run());
  }
  const firstBytes = await measureFirstBytes({
    direct: [upstream, chat(true, '/api/v1/chat/completions')],
    'bare pipe': [pipe, chat(true)],
    'this server': [ours, chat(true)],
  });
  const streamed = chat(true);
  const endless = { ...streamed, body: String(streamed.body).replace('hundred', 'endless') };
  const cancels: number[] = [];
  for (let index = 0; index < CANCELS; index += 1) {
    cancels.push(await cancelMs(ours.port, upstream.port, endless));
  }
  await report(samples, firstBytes, median(cancels));
}

async function start(
  name: string,
  script: string,
  startOptions?: Parameters<typeof startContestant>[2],
): Promise<Contestant> {
  const contestant = await startContestant(name, new URL(script, import.meta.url), startOptions);
  running.push(contestant);
  return contestant;
}

/** Interleaved, so that what the machine does meanwhile meets all alike. */
async function measureFirstBytes(
  contestants: Record<string, [Contestant, Load]>,
): Promise<Record<string, number>> {
  const runs = Object.entries(contestants).map(([name, [{ port }, load]]) => ({
    name,
    load,
    pool: new Pool(`http://127.0.0.1:${port}`, { connections: 1 }),
    values: [] as number[],
  }));
  for (let index = 0; index < FIRST_BYTES; index += 1) {
    for (const { pool, load, values } of runs) values.push(await firstByteMs(pool, load));
  }
  await Promise.all(runs.map(({ pool }) => pool.destroy()));
  return Object.fromEntries(runs.map(({ name, values }) => [name, median(values)]));
}

async function report(
  samples: Record<string, number[]>,
  firstBytes: Record<string, number>,
  cancel: number,
): Promise<void> {
  const medians = Object.fromEntries(
    Object.entries(samples).map(([name, values]) => [name, median(values)]),
  );
  const ratio = (over: string, under: string) =>
    median((samples[over] ?? []).map((value, round) => value / (samples[under]?.[round] ?? NaN)));
  const { direct = NaN, 'bare pipe': pipe = NaN, 'this server': ours = NaN } = firstBytes;
  const ratios = [
    {
      what: 'CPU, streamed token by token: this server / bare pipe',
      value: ratio(
        'CPU per answer streamed token by token, this server (µs)',
        'CPU per answer streamed token by token, bare pipe (µs)',
      ),
      target: '≤ 2.0',
    },
    {
      what: 'CPU, streamed at once: this server / bare pipe',
      value: ratio(
        'CPU per answer streamed at once, this server (µs)',
        'CPU per answer streamed at once, bare pipe (µs)',
      ),
      target: '≤ 2.0',
    },
    {
      what: 'CPU, JSON answer: this server / bare pipe',
      value: ratio('CPU per JSON answer, this server (µs)', 'CPU per JSON answer, bare pipe (µs)'),
      target: '–',
    },
    {
      what: '/models: this server (br) / res.json',
      value: ratio('/models per second, this server, br', '/models per second, res.json'),
      target: '≥ 15',
    },
    {
      what: '/models: this server (identity) / res.json',
      value: ratio('/models per second, this server, identity', '/models per second, res.json'),
      target: '–',
    },
    { what: 'First byte added by this server (ms)', value: ours - direct, target: '≤ 1' },
    { what: 'First byte added by a bare pipe (ms)', value: pipe - direct, target: '–' },
    { what: 'From leaving to upstream cancelled (ms)', value: cancel, target: '≤ 50' },
  ];
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, Node ${process.version}`;

  console.log(`${machine}; medians of ${rounds} rounds of ${requests} requests\n`);
  console.log('| Measured | Median |\n| --- | ---: |');
  for (const [name, value] of Object.entries(medians))
    console.log(`| ${name} | ${value.toFixed(0)} |`);
  console.log('\n| Ratio | Value | Target |\n| --- | ---: | ---: |');
  for (const row of ratios)
    console.log(`| ${row.what} | ${row.value.toFixed(2)} | ${row.target} |`);

  await mkdir(dirname(options.json), { recursive: true });
  await writeFile(
    options.json,
    `${JSON.stringify({ machine, rounds, requests, medians, firstBytes, ratios, samples }, null, 2)}\n`,
  );
}
