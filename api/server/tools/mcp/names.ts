import { createHash } from 'node:crypto';

/** What every provider takes as the name of a function. */
const MAX_NAME_CHARACTERS = 64;
const MAX_SERVER_CHARACTERS = 30;
const HASH_DIGITS = 8;
const DELIMITER = '_mcp_';

/**
 * What stands for a server in the names of its tools: the server's own name where that can be, else
 * what is left of it and a hash, so that no two servers share one. Never contains the delimiter, so
 * that a tool's name tells which server it belongs to.
 */
export function serverPart(server: string): string {
  const isFit = fits(server, MAX_SERVER_CHARACTERS) && !/(^|_)mcp_/.test(server);
  return isFit ? server : shortened(server, MAX_SERVER_CHARACTERS).replaceAll('mcp_', 'mcp-');
}

/**
 * What a model calls a tool: `{tool}_mcp_{server}`, as LibreChat writes it, in at most 64 characters of
 * `[a-zA-Z0-9_-]`. Names that are too long or hold others are shortened and get a hash of the whole, so
 * they are the same every time and differ when the tools do.
 */
export function toolName(tool: string, server: string): string {
  const end = `${DELIMITER}${serverPart(server)}`;
  const room = MAX_NAME_CHARACTERS - end.length;
  return `${fits(tool, room) ? tool : shortened(tool, room)}${end}`;
}

/** Whether a name may be one of a server's tools. */
export function isNameOf(name: string, server: string): boolean {
  const end = `${DELIMITER}${serverPart(server)}`;
  return name.length > end.length && name.endsWith(end);
}

/** What looks as if it were shortened is shortened, so that nobody can take another's name. */
function fits(text: string, length: number): boolean {
  const looksShortened = new RegExp(`[_-][0-9a-f]{${HASH_DIGITS}}$`);
  return /^[a-zA-Z0-9_-]+$/.test(text) && text.length <= length && !looksShortened.test(text);
}

function shortened(text: string, length: number): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
  const readable = text.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, length - HASH_DIGITS - 1);
  return `${readable.replace(/_+$/, '')}_${hash}`;
}
