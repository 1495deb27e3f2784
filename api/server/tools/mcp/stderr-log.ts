import type { Logger } from '@openrouter-native/openrouter';

const MAX_LINE_CHARACTERS = 500;
const MAX_LINES_PER_MINUTE = 100; // Enough for a stack trace; a server that chatters fills no disk.
const MINUTE_MS = 60_000;

/**
 * Writes what a server's process says on standard error into the log, line by line, at level `debug`.
 * Long lines are cut, and more lines than anybody reads are left out.
 *
 * @returns Takes the text as it comes.
 */
export function createStderrLog(
  server: string,
  logger: Logger,
  now: () => number,
): (text: string) => void {
  let line = '';
  let minute = -Infinity;
  let lines = 0;

  function write(): void {
    const text = line.slice(0, MAX_LINE_CHARACTERS).trim();
    line = '';
    if (text === '') return;
    if (now() - minute >= MINUTE_MS) {
      minute = now();
      lines = 0;
    }
    lines += 1;
    if (lines > MAX_LINES_PER_MINUTE) return;
    const name = JSON.stringify(server);
    if (lines < MAX_LINES_PER_MINUTE) logger.debug(`The MCP server ${name} says: ${text}`);
    else logger.debug(`The MCP server ${name} says more than is written here.`);
  }

  return function handleStderr(text) {
    const [first = '', ...others] = text.split(/\r?\n/);
    line = (line + first).slice(0, MAX_LINE_CHARACTERS);
    for (const next of others) {
      write();
      line = next.slice(0, MAX_LINE_CHARACTERS);
    }
  };
}
