import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { startSimulator } from '@openrouter-native/simulator';
import { OpenRouterClient } from '../client.ts';
import { useClosing } from '../testing/closing.ts';
import { collect } from '../testing/collect.ts';
import { connectTo, openStream } from '../testing/open-stream.ts';
import { aChunk, theEnd, toBytes } from '../testing/streams.ts';
import { beginStream, sendUntilClose, startUpstream } from '../testing/upstream.ts';
import { until } from '../testing/until.ts';
import type { Timeouts } from '../transport/transport.ts';

const closing = useClosing();

const HI = aChunk({ content: 'Hi' });
const SOON_MS = 200; // With room for a machine that is busy with other tests.

/** An upstream that begins an event stream and leaves the rest to `send`. */
async function connect(
  send: (response: ServerResponse) => unknown,
  timeouts: Partial<Timeouts> = {},
) {
  const upstream = closing(
    await startUpstream((_request, response) => {
      beginStream(response);
      send(response);
    }),
  );
  const transport = closing(connectTo(upstream.url, timeouts));
  return { upstream, transport };
}

async function connectSimulator(tokensPerSecond: number) {
  const simulator = closing(await startSimulator({ tokensPerSecond, firstTokenMs: 0 }));
  const client = closing(
    new OpenRouterClient(simulator.keys.inference, { baseURL: simulator.url }),
  );
  return { simulator, client };
}

describe('a stream that stands still', () => {
  const timeouts = { idleMs: 60 };

  it('is called stalled, and its connection closed', async () => {
    const { transport, upstream } = await connect(
      (response) => response.write(toBytes([HI])),
      timeouts,
    );

    expect(await collect(await openStream(transport))).toMatchObject({
      text: 'Hi',
      ending: 'stalled',
      reason: 'stream_stalled',
    });
    await until(() => upstream.openConnections() === 0);
  });

  it('throws before its first content', async () => {
    const { transport } = await connect((response) => response.write(': hm\n\n'), timeouts);

    expect(await collect(await openStream(transport))).toMatchObject({
      ending: null,
      reason: 'stream_stalled',
    });
  });

  it('is complete when all of it came before', async () => {
    const { transport, upstream } = await connect(
      (response) => response.write(toBytes([HI, ...theEnd()])),
      timeouts,
    );

    expect(await collect(await openStream(transport))).toMatchObject({ ending: 'complete' });
    await until(() => upstream.openConnections() === 0); // It was waited for, in vain.
  });

  it('is no trouble as long as comments come', async () => {
    const { transport } = await connect(async (response) => {
      for (let count = 0; count < 6; count += 1) {
        response.write(': OPENROUTER PROCESSING\n\n');
        await wait(25);
      }
      response.end(toBytes([HI, ...theEnd()]));
    }, timeouts);

    expect(await collect(await openStream(transport))).toMatchObject({ ending: 'complete' });
  });
});

describe('a reader', () => {
  it('that stops in the middle ends the answer and the exchange at once', async () => {
    const { transport, upstream } = await connect((response) => response.write(toBytes([HI])));
    const controller = new AbortController();
    const stream = await openStream(transport, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);

    const startedAt = performance.now();
    const collected = await collect(stream);

    expect(collected).toMatchObject({ text: 'Hi', ending: 'stopped', reason: null });
    expect(performance.now() - startedAt).toBeLessThan(100);
    await until(() => upstream.openConnections() === 0, SOON_MS);
  });

  it('that cancels sees the answer stopped', async () => {
    const { transport, upstream } = await connect((response) => response.write(toBytes([HI])));
    const stream = await openStream(transport);
    setTimeout(() => stream.cancel(), 20);

    expect(await collect(stream)).toMatchObject({ text: 'Hi', ending: 'stopped', reason: null });
    await until(() => upstream.openConnections() === 0, SOON_MS);
  });

  it('that stops when all of it has come has the whole answer', async () => {
    const { transport } = await connect((response) => response.end(toBytes([HI, ...theEnd()])));
    const controller = new AbortController();
    const endings: unknown[] = [];
    for await (const event of await openStream(transport, { signal: controller.signal })) {
      if (event.type === 'usage') controller.abort(); // The terminator came in the same packet.
      if (event.type === 'finish') endings.push(event.ending);
    }

    expect(endings).toEqual(['complete']);
  });

  it('that leaves the loop ends the exchange at once', async () => {
    const { transport, upstream } = await connect((response) => response.write(toBytes([HI])));

    for await (const event of await openStream(transport)) {
      if (event.type === 'text-delta') break;
    }

    await until(() => upstream.openConnections() === 0, SOON_MS);
  });

  it('that breaks ends the exchange at once', async () => {
    const { transport, upstream } = await connect((response) => response.write(toBytes([HI])));
    const reading = (async () => {
      for await (const event of await openStream(transport)) {
        if (event.type === 'text-delta') throw new Error('the reader broke');
      }
    })();

    await expect(reading).rejects.toThrow('the reader broke');
    await until(() => upstream.openConnections() === 0, SOON_MS);
  });

  it('cannot come twice', async () => {
    const { transport } = await connect((response) => response.end(toBytes([HI, ...theEnd()])));
    const stream = await openStream(transport);
    await collect(stream);

    await expect(collect(stream)).rejects.toThrow('A ChatStream can be read once');
  });

  it('that never comes does no harm when the stream breaks', async () => {
    const { transport, upstream } = await connect((response) => {
      response.write(toBytes([HI]), () => response.socket?.resetAndDestroy());
    });

    const stream = await openStream(transport);
    await until(() => upstream.openConnections() === 0);
    await wait(20);

    expect(await collect(stream)).toMatchObject({ reason: 'stream_cut' });
  });

  it('that is slow holds upstream back', async () => {
    let sent = 0;
    const event = Buffer.concat(Array.from({ length: 100 }, () => toBytes([HI])));
    const { transport } = await connect((response) => {
      const more = () => {
        while (!response.destroyed && response.write(event)) sent += event.length;
      };
      response.on('drain', more);
      more();
    });

    let seen = 0;
    for await (const { type } of await openStream(transport)) {
      if (type !== 'text-delta') continue;
      seen += 1;
      if (seen < 3) continue;
      await wait(100); // Time enough to fill every buffer on the way.
      const before = sent;
      await wait(100);
      expect(sent).toBe(before);
      break;
    }
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });
});

describe('what follows the terminator', () => {
  it('is not waited for longer than a second', async () => {
    const { transport, upstream } = await connect((response) =>
      response.write(toBytes([HI, ...theEnd()])),
    );

    expect(await collect(await openStream(transport))).toMatchObject({ ending: 'complete' });
    const waitedMs = await until(() => upstream.openConnections() === 0);

    expect(waitedMs).toBeGreaterThan(500);
  });

  it('is not read without end', async () => {
    const { transport, upstream } = await connect((response) => {
      response.write(toBytes([HI, ...theEnd()]));
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(10_000, ':')));
      };
      response.on('drain', more);
      more();
    });

    expect(await collect(await openStream(transport))).toMatchObject({ ending: 'complete' });
    await until(() => upstream.openConnections() === 0, 500);
  });

  it('may be the end of the connection', async () => {
    const upstream = closing(
      await startUpstream((_request, response) => {
        sendUntilClose(response, toBytes([HI, ...theEnd()]));
      }),
    );
    const transport = closing(connectTo(upstream.url));

    expect(await collect(await openStream(transport))).toMatchObject({ ending: 'complete' });
  });
});

describe('streamChat, against the simulator', () => {
  const request = {
    model: 'openai/gpt-5-mini',
    messages: [{ role: 'user' as const, content: 'Tell me about bicycles.' }],
  };

  it('stops upstream within 50 ms of its reader leaving', async () => {
    const { simulator, client } = await connectSimulator(200);

    for await (const event of client.streamChat(request)) {
      if (event.type === 'text-delta') break;
    }

    await until(() => simulator.requests[0]?.aborted === true, 50);
  });

  it('ends as stopped while it waits for the first word', async () => {
    const { simulator, client } = await connectSimulator(Infinity);
    simulator.script({ stall: 'headers' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);

    const collected = await collect(client.streamChat(request, { signal: controller.signal }));

    expect(collected).toMatchObject({ text: '', ending: 'stopped', reason: null });
    await until(() => simulator.requests[0]?.aborted === true, 50);
  });

  it('ends as stopped when it was stopped before it began, and asks nobody', async () => {
    const { simulator, client } = await connectSimulator(Infinity);

    const collected = await collect(client.streamChat(request, { signal: AbortSignal.abort() }));

    expect(collected).toMatchObject({ events: [], ending: 'stopped' });
    expect(simulator.requests).toHaveLength(0);
  });
});
