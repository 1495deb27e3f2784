/**
 * PM2 for openrouter-native: `pm2 start deploy/ecosystem.config.cjs`, from the root of the repository
 * after `npm ci && npm run build`. How and why: docs/guides/deploy/pm2.md
 *
 * Settings and keys belong into `.env`: what stands here, or in the shell that calls pm2, is written
 * in plain text into ~/.pm2/dump.pm2 by `pm2 save`.
 */
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { parseEnv } = require('node:util');

const root = path.resolve(__dirname, '..');
const dotEnv = path.join(root, '.env');
const settings = {
  ...(existsSync(dotEnv) ? parseEnv(readFileSync(dotEnv, 'utf8')) : {}),
  ...process.env,
};

/**
 * With PostgreSQL the next process starts beside the old one, and takes over without a gap. The
 * embedded database belongs to one process at a time, so there the old one has to end first.
 */
const mayOverlap = Boolean(settings.DATABASE_URL?.trim());

/** How long the server lets running answers end, in milliseconds. */
const shutdownMs = Number(settings.SHUTDOWN_TIMEOUT?.trim() || 10_000);

module.exports = {
  apps: [
    {
      name: 'openrouter-native',
      cwd: root,
      script: 'api/dist/server/index.js',
      exec_mode: mayOverlap ? 'cluster' : 'fork',
      // One: a stored answer is followed at the process that gives it.
      instances: 1,
      env: { NODE_ENV: 'production' },

      wait_ready: true,
      listen_timeout: 60_000, // A first start makes the tables.
      kill_timeout: shutdownMs + 5_000,
      treekill: false, // The server ends the MCP servers it has started, after the last answer.

      // Nothing of PM2 inside the process, so nothing that could report.
      pmx: false,
    },
  ],
};
