import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@openrouter-native/openrouter';
import { drizzle } from 'drizzle-orm/node-postgres';
import express from 'express';
import { Pool } from 'pg';
import type { Queries } from '../database/database.ts';
import { closeDatabases, embedded, openOnce } from '../database/testing/each-database.ts';
import { createHealthHandler } from './health.ts';

let server: Server;
afterEach(() => server.close());
afterAll(closeDatabases);

async function askWith(queries: Queries): Promise<Response> {
  const app = express().get('/health', createHealthHandler({ queries, logger: silentLogger }));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/health`);
}

it('is OK while the database answers', async () => {
  const { queries } = await openOnce(embedded);

  const response = await askWith(queries);

  expect([response.status, await response.text()]).toEqual([200, 'OK']);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

it('is 503 when it does not, without a word of where it is', async () => {
  const pool = new Pool({ connectionString: 'postgresql://me:hunter2@127.0.0.1:9/chat' });

  const response = await askWith(drizzle(pool));
  await pool.end();

  expect([response.status, await response.text()]).toEqual([503, 'The database does not answer']);
});
