import type { McpTransport } from './mcp-servers.ts';

const SECRET_NAME = /key|token|secret|passw|pwd|auth|credential|cookie|session|signature/i;
const MIN_SEGMENT_CHARACTERS = 20; // Addresses with a secret in their path have it as long as this.

/**
 * What is written into an entry and looks like a secret by its name: in the environment, the headers,
 * the address and the command line.
 */
export function secretsIn(transport: McpTransport): string[] {
  const found =
    transport.type === 'stdio'
      ? [...named(Object.entries(transport.env)), ...inArguments(transport.args)]
      : [...named(Object.entries(transport.headers)), ...inAddress(new URL(transport.url))];
  return found.flatMap(withoutScheme).filter((value) => value.trim() !== '');
}

function named(entries: (readonly [string, string])[]): string[] {
  return entries.filter(([name]) => SECRET_NAME.test(name)).map(([, value]) => value);
}

/** `--token=x`, `--token x`. */
function inArguments(args: readonly string[]): string[] {
  return args.flatMap((argument, index) => {
    const [name = '', value] = argument.split(/=(.*)/s, 2);
    if (value !== undefined && SECRET_NAME.test(name)) return [value];
    const before = args[index - 1] ?? '';
    return /^--?[\w-]+$/.test(before) && SECRET_NAME.test(before) ? [argument] : [];
  });
}

function inAddress(url: URL): string[] {
  const segments = url.pathname.split('/').filter(({ length }) => length >= MIN_SEGMENT_CHARACTERS);
  return [url.password, ...segments, ...named([...url.searchParams])];
}

/** `Bearer x` is a secret, and so is `x`. */
function withoutScheme(value: string): string[] {
  const [, bare] = /^(?:bearer|basic|token)\s+(\S.*)$/i.exec(value) ?? [];
  return bare === undefined ? [value] : [value, bare];
}
