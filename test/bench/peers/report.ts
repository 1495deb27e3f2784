import { cpus, loadavg } from 'node:os';
import { DIRECT, LLMS, NGINX, OURS, PIPE, PORTKEY } from './contestants.ts';
import { CANCEL_LIMIT_MS, CANCEL_MS } from './measurements/cancel.ts';
import {
  CHUNKS_PER_READ,
  CHUNKS_PER_SECOND,
  CPU_PER_CHUNK,
  CPU_PER_WRITE,
} from './measurements/chunks.ts';
import { troubles, type Told } from './measurements/honesty.ts';
import { FIRST_TOKEN_MS, JSON_MS } from './measurements/latency.ts';
import { GROWTH, REQUESTS, RESIDENT } from './measurements/memory.ts';
import {
  CPU_PER_JSON,
  CPU_PER_STREAM,
  JSON_PER_SECOND,
  STREAMS_PER_SECOND,
} from './measurements/throughput.ts';
import type { Samples } from './samples.ts';
import { toTable } from './table.ts';

/** All that a run found out. */
export interface Findings {
  samples: Samples;
  /** By contestant, then by trouble; `null` when nobody was asked. */
  told: Record<string, Record<string, Told>> | null;
  rounds: number;
}

const COLUMNS = [DIRECT, NGINX, PIPE, OURS, PORTKEY, LLMS];
const NOTHING = '–';

/** The tables, in Markdown. */
export function describe({ samples, told, rounds }: Findings): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  return [
    `${date}, ${machine}, medians of ${rounds} rounds. Load of the machine, over five minutes: ${format(loadavg()[1] ?? null, 1)}.`,
    '',
    toTable(['Target', 'Wanted', 'Measured', 'Met'], targets(samples, told), 'right'),
    '',
    toTable(['Measured', ...COLUMNS], measured(samples), 'right'),
    ...(told
      ? ['', toTable(['What the reader is told', ...COLUMNS.slice(1)], truths(told), 'left')]
      : []),
  ].join('\n');
}

type Value = number | null;
const format = (value: Value, digits: number) =>
  value === null ? NOTHING : value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }); // prettier-ignore

function targets(samples: Samples, told: Findings['told']): string[][] {
  const atMost = (what: string, limit: number, value: Value, unit: string, digits = 2) => [
    what,
    `≤ ${limit}${unit}`,
    value === null ? NOTHING : `${format(value, digits)}${unit}`,
    met(value === null ? null : value <= limit),
  ];
  const atLeast = (what: string, limit: number, value: Value) => [
    what,
    `≥ ${limit} ×`,
    value === null ? NOTHING : `${format(value, 2)} ×`,
    met(value === null ? null : value >= limit),
  ];
  const lies = told && Object.values(told[OURS] ?? {}).filter(({ honest }) => !honest).length;
  return [
    atMost('Added to a JSON answer', 0.6, samples.added(JSON_MS, OURS, DIRECT), ' ms'),
    atMost('Added to the first `data:`', 0.6, samples.added(FIRST_TOKEN_MS, OURS, DIRECT), ' ms'),
    atLeast('JSON answers per second, of Portkey’s', 2, samples.ratio(JSON_PER_SECOND, OURS, PORTKEY)), // prettier-ignore
    atLeast(
      'Streams per second, of Portkey’s',
      3,
      samples.ratio(STREAMS_PER_SECOND, OURS, PORTKEY),
    ),
    chunkTarget(samples),
    atMost('Memory growth', 40, samples.median(GROWTH, OURS), ' MiB', 0),
    atMost('Upstream cancelled after', 50, samples.median(CANCEL_MS, OURS), ' ms', 1),
    ['Endings that lie', 'none', lies === null ? NOTHING : String(lies), met(lies === null ? null : lies === 0)], // prettier-ignore
  ];
}

/** Chunks that were written together cost less, so that a met target says something only without them. */
function chunkTarget(samples: Samples): string[] {
  const LIMIT = 2.2;
  const perChunk = samples.ratio(CPU_PER_CHUNK, OURS, NGINX);
  const perWrite = samples.ratio(CPU_PER_WRITE, OURS, NGINX);
  const isMet = perChunk === null ? null : perChunk <= LIMIT;
  const isInBunches = isMet === true && (perWrite ?? 0) > LIMIT;
  return [
    'CPU per chunk, of nginx’s',
    `≤ ${LIMIT} ×`,
    perChunk === null ? NOTHING : `${format(perChunk, 2)} ×`,
    isInBunches ? 'in bunches only' : met(isMet),
  ];
}

function met(value: boolean | null): string {
  if (value === null) return NOTHING;
  return value ? 'yes' : '**no**';
}

function measured(samples: Samples): string[][] {
  const row = (what: string, value: (contestant: string) => Value, digits: number) => [
    what,
    ...COLUMNS.map((contestant) => format(value(contestant), digits)),
  ];
  const plain =
    (metric: string, scale = 1) =>
    (contestant: string) => {
      const value = samples.median(metric, contestant);
      return value === null ? null : value * scale;
    };
  const ratio = (metric: string, to: string) => (contestant: string) =>
    samples.ratio(metric, contestant, to);
  const added = (metric: string) => (contestant: string) =>
    contestant === DIRECT
      ? samples.median(metric, DIRECT)
      : samples.added(metric, contestant, DIRECT);
  const MICROSECONDS = 1e6;
  const cancelled = COLUMNS.map((contestant) => {
    const value = samples.median(CANCEL_MS, contestant);
    return value === Infinity ? `over ${CANCEL_LIMIT_MS}` : format(value, 1);
  });
  return [
    row('JSON answer (ms): direct, then added', added(JSON_MS), 2),
    row('First `data:` (ms): direct, then added', added(FIRST_TOKEN_MS), 2),
    row('JSON answers per second', plain(JSON_PER_SECOND), 0),
    row('… of Portkey’s (×)', ratio(JSON_PER_SECOND, PORTKEY), 2),
    row('Streams per second', plain(STREAMS_PER_SECOND), 0),
    row('… of Portkey’s (×)', ratio(STREAMS_PER_SECOND, PORTKEY), 2),
    row('CPU per JSON answer (µs)', plain(CPU_PER_JSON, MICROSECONDS), 0),
    row('CPU per stream of 20 chunks (µs)', plain(CPU_PER_STREAM, MICROSECONDS), 0),
    row('CPU per chunk, 300 readers (µs)', plain(CPU_PER_CHUNK, MICROSECONDS), 1),
    row('… of nginx’s (×)', ratio(CPU_PER_CHUNK, NGINX), 2),
    row('CPU per write of chunks (µs)', plain(CPU_PER_WRITE, MICROSECONDS), 1),
    row('… of nginx’s, for a write (×)', ratio(CPU_PER_WRITE, NGINX), 2),
    row('Chunks that arrive at once', plain(CHUNKS_PER_READ), 2),
    row('Chunks per second, of 30,000', plain(CHUNKS_PER_SECOND), 0),
    row('Answers for the memory’s sake', plain(REQUESTS), 0),
    row('Memory after them (MiB)', plain(RESIDENT), 0),
    row('… of which they added (MiB)', plain(GROWTH), 0),
    ['Upstream cancelled after (ms)', ...cancelled],
  ].filter(([, ...cells]) => cells.some((cell) => cell !== NOTHING));
}

function truths(told: NonNullable<Findings['told']>): string[][] {
  return troubles.map(({ title }) => [
    title,
    ...COLUMNS.slice(1).map((contestant) => told[contestant]?.[title]?.words ?? NOTHING),
  ]);
}
