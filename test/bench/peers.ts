/** `npm run bench:peers`: this server, other gateways, and the least that can be done, in one run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startContestants, startUpstream, type Contestant } from './peers/contestants.ts';
import { installPeers } from './peers/install.ts';
import { createLauncher } from './peers/launch.ts';
import { createLoad } from './peers/load/load.ts';
import { measureCancel } from './peers/measurements/cancel.ts';
import { measureChunks } from './peers/measurements/chunks.ts';
import { observe, troubles } from './peers/measurements/honesty.ts';
import { measureLatency } from './peers/measurements/latency.ts';
import {
  jsonAnswer,
  streamedAnswer,
  type Place,
  type Round,
} from './peers/measurements/measurement.ts';
import { measureMemory } from './peers/measurements/memory.ts';
import { measureThroughput } from './peers/measurements/throughput.ts';
import { writePage } from './peers/page.ts';
import { describe, type Findings } from './peers/report.ts';
import { Samples } from './peers/samples.ts';

const rounds: Record<string, Round> = {
  latency: measureLatency,
  throughput: measureThroughput,
  chunks: measureChunks,
  cancel: measureCancel,
};
const names = [...Object.keys(rounds), 'memory', 'honesty'];
const PAGE = new URL('../../docs/performance.md', import.meta.url);
/** For the rounds, so that the whole run stays below twelve minutes on a busy machine too. */
const ROUNDS_LIMIT_MS = 5 * 60_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '9' }, write: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`No such measurement: ${unknown.join(', ')}. Known: ${names.join(', ')}`); // prettier-ignore
const isWanted = (name: string) => positionals.length === 0 || positionals.includes(name);

const folder = await mkdtemp(join(tmpdir(), 'bench-peers-'));
const launcher = createLauncher(folder);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void launcher.stop().finally(() => process.exit(1)));
}
try {
  const findings = await main();
  console.log(describe(findings));
  if (options.write) await writePage(PAGE, findings);
} finally {
  await launcher.stop();
  await rm(folder, { recursive: true, force: true });
}

async function main(): Promise<Findings> {
  const peers = await installPeers();
  const upstreamPort = await startUpstream(launcher);
  const contestants = await startContestants(launcher, { folder, peers, upstreamPort });
  const generator = new URL('./peers/processes/load.ts', import.meta.url).pathname;
  const load = createLoad(await launcher.node('load', { args: [generator] }));
  const samples = new Samples();
  const place: Place = { contestants, load, samples, upstreamPort };

  await warmUp(place);
  const made = await measureRounds(place);
  if (isWanted('memory')) await measureMemory(place);
  const told = isWanted('honesty') ? await observeAll(contestants) : null;
  return { samples, told, rounds: made };
}

/** Compiled code and open connections, for everybody. */
async function warmUp({ contestants, load }: Place): Promise<void> {
  for (const { ask } of contestants) {
    for (const [script, requests] of [
      [jsonAnswer, 12_000],
      [streamedAnswer, 3_000],
    ] as const) {
      await load.flood({ question: ask(script), connections: 32, requests, limitMs: 10_000 });
    }
  }
}

/** @returns How many rounds there was time for. */
async function measureRounds(place: Place): Promise<number> {
  const wanted = Object.entries(rounds).filter(([name]) => isWanted(name));
  const deadline = performance.now() + ROUNDS_LIMIT_MS;
  let round = 0;
  while (wanted.length > 0 && round < Number(options.rounds) && performance.now() < deadline) {
    for (const contestant of place.contestants) await contestant.renew();
    for (const [, measure] of wanted) await measure(place);
    round += 1;
    console.error(`Round ${round} of ${options.rounds}`);
  }
  return round;
}

async function observeAll(
  contestants: readonly Contestant[],
): Promise<NonNullable<Findings['told']>> {
  const told: NonNullable<Findings['told']> = {};
  for (const contestant of contestants) {
    if (contestant.pid === null) continue;
    await contestant.renew();
    const rows: Record<string, Awaited<ReturnType<typeof observe>>> = {};
    for (const trouble of troubles) rows[trouble.title] = await observe(contestant, trouble);
    told[contestant.name] = rows;
  }
  return told;
}
