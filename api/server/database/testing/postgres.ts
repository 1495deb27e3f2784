import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

const CANDIDATES = ['postgres', 'root'].map((user) => `postgresql://${user}@127.0.0.1:5432/postgres`); // prettier-ignore
const PROBE = `
  const { Client } = require('pg');
  const client = new Client({ connectionString: process.argv[1], connectionTimeoutMillis: 2000 });
  client.connect().then(() => process.exit(0), () => process.exit(1));
`;

/**
 * A PostgreSQL on this machine that lets us in without a password; `null` when there is none. Waits
 * for the answer, because tests are named before anything asynchronous can run.
 */
export function findPostgres(): string | null {
  return CANDIDATES.find(answers) ?? null;
}

function answers(url: string): boolean {
  const options = { cwd: import.meta.dirname, timeout: 5000 };
  return spawnSync(process.execPath, ['-e', PROBE, url], options).status === 0;
}

/** Creates an empty database with a name of its own. @returns Its address, and how to drop it. */
export async function createScratchDatabase(
  serverUrl: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `openrouter_native_${randomUUID().replaceAll('-', '')}`;
  await run(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return { url: url.href, drop: () => run(serverUrl, `drop database ${name} with (force)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
