/** The load generator: a process of its own, told over IPC what to do. It checks every answer. */
import { openConnection, type Connection } from '../load/connection.ts';
import type { Incoming } from '../load/response.ts';
import type { Question, Tasks } from '../load/tasks.ts';

let readers: { connection: Connection; incoming: Readonly<Incoming> }[] = [];

const tasks: Tasks = {
  async sequence({ question, times }) {
    const connection = openConnection(question.port);
    const bytes = Buffer.from(question.bytes);
    const timings = [];
    for (let index = 0; index < times; index += 1) {
      timings.push(await ask(connection, bytes, question));
    }
    connection.close();
    return timings;
  },
  async flood({ question, connections, requests, limitMs }) {
    const bytes = Buffer.from(question.bytes);
    const start = performance.now();
    const deadline = start + limitMs;
    let asked = 0;
    let answered = 0;
    await Promise.all(
      Array.from({ length: connections }, async () => {
        const connection = openConnection(question.port);
        while (asked < requests && performance.now() < deadline) {
          asked += 1;
          await ask(connection, bytes, question);
          answered += 1;
        }
        connection.close();
      }),
    );
    return { requests: answered, seconds: (performance.now() - start) / 1000 };
  },
  async openReaders({ question, readers: count }) {
    const bytes = Buffer.from(question.bytes);
    readers = await Promise.all(
      Array.from({ length: count }, async () => {
        const connection = openConnection(question.port);
        return { connection, incoming: await connection.follow(bytes) };
      }),
    );
    return null;
  },
  async countTokens() {
    return readers.reduce(
      (sum, { incoming }) => ({
        tokens: sum.tokens + incoming.tokens,
        reads: sum.reads + incoming.reads,
      }),
      { tokens: 0, reads: 0 },
    );
  },
  async closeReaders() {
    for (const { connection } of readers) connection.close();
    readers = [];
    return null;
  },
  async leave({ question }) {
    const connection = openConnection(question.port);
    await connection.follow(Buffer.from(question.bytes));
    const leftAt = performance.timeOrigin + performance.now();
    connection.close();
    return leftAt;
  },
};

/** @throws Error for an answer that is not the scripted one. */
async function ask(connection: Connection, bytes: Buffer, { tokens }: Question) {
  const exchange = await connection.exchange(bytes);
  if (exchange.status !== 200 || exchange.tokens !== tokens) {
    throw new Error(`Status ${exchange.status} with ${exchange.tokens} of ${tokens} tokens`);
  }
  return { firstTokenMs: exchange.firstTokenMs, totalMs: exchange.totalMs };
}

process.on('message', ({ name, task }: { name: keyof Tasks; task: never }) => {
  tasks[name](task).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
