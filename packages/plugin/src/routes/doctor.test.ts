import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@openrouter-native/openrouter';
import {
  decodeEventStream,
  doctorEventSchema,
  doctorTickSchema,
  errorBodySchema,
  type DoctorCheck,
  type DoctorReport,
} from '@openrouter-native/protocol';
import express, { type RequestHandler } from 'express';
import { RequestError } from '../request-error.ts';
import { createDoctorRouter, type DoctorRequest } from './doctor.ts';

const check: DoctorCheck = {
  id: 'one',
  title: 'One',
  status: 'ok',
  cause: null,
  evidence: ['Seen.'],
  ms: 1,
  action: null,
  cost_usd: 0,
};
const report: DoctorReport = {
  status: 'ok',
  started_at: '2026-01-01T00:00:00.000Z',
  ms: 1,
  cost_usd: 0,
  conclusion: { sentence: 'All is well.', causes: [] },
  checks: [check],
};

let server: Server;
afterEach(
  () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
);

const requireAdmin: RequestHandler = (request, _response, next) => {
  if (request.get('authorization') !== 'Bearer admin') {
    throw new RequestError('admin_required', 'Only an admin may see this.');
  }
  next();
};

async function start(examine: (asked: DoctorRequest) => Promise<DoctorReport>): Promise<string> {
  const app = express().use('/doctor', createDoctorRouter({ requireAdmin, examine }, silentLogger));
  server = await new Promise((resolve) => {
    const started = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/doctor`;
}

const admin = { Authorization: 'Bearer admin' };
const asStream = { headers: { ...admin, Accept: 'text/event-stream' } };

it('lets nobody but an admin read anything', async () => {
  const url = await start(() => Promise.reject(new Error('must not run')));

  for (const path of ['', '/stream']) {
    const response = await fetch(url + path);
    expect(response.status).toBe(403);
    expect(errorBodySchema.parse(await response.json()).error.reason).toBe('admin_required');
  }
});

it('answers with the report', async () => {
  const asked: DoctorRequest[] = [];
  const url = await start((one) => {
    asked.push(one);
    return Promise.resolve(report);
  });

  const response = await fetch(`${url}?completions=false&public_url=https://chat.example/x`, {
    headers: admin,
  });

  expect(await response.json()).toEqual(report);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(asked[0]).toMatchObject({ skipCompletions: true });
  expect(asked[0]?.publicUrl?.href).toBe('https://chat.example/x');
});

it('sends each check as it ends to a reader of events', async () => {
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  const url = await start(async ({ onBegin, onCheck }) => {
    onBegin([{ id: 'one', title: 'One' }]);
    onCheck(check);
    await goOn;
    return report;
  });

  const response = await fetch(url, asStream);
  const events: unknown[] = [];
  for await (const message of decodeEventStream(bodyOf(response))) {
    if (message.type !== 'data') continue;
    events.push(doctorEventSchema.parse(JSON.parse(message.data)));
    if (events.length === 2) resolve(); // The check was here before the report was ready.
  }

  expect(events).toEqual([
    { type: 'begin', checks: [{ id: 'one', title: 'One' }] },
    { type: 'check', check },
    { type: 'report', report, markdown: expect.stringContaining('**All is well.**') },
  ]);
});

it('runs one examination at a time, and again when that one has ended', async () => {
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  const url = await start(() => goOn.then(() => report));

  const first = fetch(url, { headers: admin });
  await new Promise((later) => setTimeout(later, 50));
  const second = await fetch(url, { headers: admin });
  resolve();

  expect(second.status).toBe(429);
  expect((await first).status).toBe(200);
  expect((await fetch(url, { headers: admin })).status).toBe(200);
});

it('ends the examination when the reader leaves, and is ready for the next', async () => {
  let runs = 0;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const url = await start(({ signal }) => {
    runs += 1;
    if (runs > 1) return Promise.resolve(report);
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
        resolve();
      });
    });
  });
  const reader = new AbortController();
  const left = fetch(url, { headers: admin, signal: reader.signal }).catch(() => null);
  await new Promise((later) => setTimeout(later, 50));

  reader.abort();
  await left;
  await ended;

  expect((await fetch(url, { headers: admin })).status).toBe(200);
});

it.each([
  ['completions=perhaps', /completions/],
  ['public_url=ftp://x', /public_url/],
  ['public_url=https://user:secret@x', /public_url/],
  ['public_url=a&public_url=b', /public_url/],
])('refuses %s', async (query, told) => {
  const url = await start(() => Promise.resolve(report));

  const response = await fetch(`${url}?${query}`, { headers: admin });

  expect(response.status).toBe(400);
  expect(errorBodySchema.parse(await response.json()).error.message).toMatch(told);
});

it('tells an unexpected failure as one, before and after the first event', async () => {
  const early = await start(() => Promise.reject(new Error('planted')));
  const response = await fetch(early, { headers: admin });

  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('planted');

  const stream = await fetch(early, asStream);
  expect(stream.status).toBe(500);
});

it('sends ten events, a tenth of a second apart, that say when they were sent', async () => {
  const url = await start(() => Promise.resolve(report));

  const response = await fetch(`${url}/stream`, { headers: admin });
  const ticks = [];
  for await (const message of decodeEventStream(bodyOf(response))) {
    if (message.type === 'data') ticks.push(doctorTickSchema.parse(JSON.parse(message.data)));
  }

  expect(response.headers.get('x-accel-buffering')).toBe('no');
  expect(ticks.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(ticks.at(-1)?.at_ms).toBeGreaterThanOrEqual(850);
  expect(ticks[0]?.at_ms).toBeLessThan(100);
});

function bodyOf({ body }: Response): AsyncIterable<Uint8Array> {
  if (!body) throw new Error('There is no body');
  return body;
}
