import { createInterface } from 'node:readline';

/**
 * An MCP server over stdio that behaves badly, for those who must bear with it. Its tools are named for
 * what they do; `heard` tells what it was told so far.
 */

interface Message {
  id?: number;
  method: string;
  params?: { name?: string; cursor?: string };
}

const object = { type: 'object', properties: {} };
const heard: string[] = [];
let isChanged = false;
let isSulking = false;

const DEEP = 'too deep for JSON.stringify';
const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
const write = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);
const send = (message: object) =>
  write(JSON.stringify({ jsonrpc: '2.0', ...message }).replace(`"${DEEP}"`, deep));
const text = (value: string) => ({ content: [{ type: 'text', text: value }] });

function tools(cursor: string | undefined): object {
  if (cursor === undefined) {
    return {
      nextCursor: 'second',
      tools: [
        ...['hang', 'die', 'chatter', 'change', 'heard', 'huge', 'enormous', 'refuse', 'sulk'].map((name) => ({ name, inputSchema: object })), // prettier-ignore
        { name: 'weather.get', description: 'd'.repeat(100_000), inputSchema: object },
        { name: 'weather/get', inputSchema: { ...object, $schema: 'https://example.com/dialect' } },
        { name: 'n'.repeat(150), title: 't'.repeat(9000), inputSchema: { type: 'object' } },
        { name: 'hang', description: 'Its name is taken.', inputSchema: object },
        { name: 'no-schema' },
        { name: 'list-schema', inputSchema: { type: 'array' } },
        { name: 'long-schema', inputSchema: { ...object, description: 's'.repeat(100_000) } },
        { name: 'deep-schema', inputSchema: { type: 'object', properties: { deep: DEEP } } }, // prettier-ignore
        { name: '' },
        { title: 'Without a name', inputSchema: object },
        'not a tool at all',
        null,
      ],
    };
  }
  return {
    nextCursor: cursor, // For ever.
    tools: [{ name: 'odd-parts', inputSchema: object }, ...(isChanged ? [{ name: 'new', inputSchema: object }] : [])], // prettier-ignore
  };
}

function call(id: number, name: string | undefined): void {
  const answer = (result: object) => send({ id, result });
  switch (name) {
    case 'hang':
      return;
    case 'die':
      process.exit(3);
      return;
    case 'chatter':
      for (let line = 0; line < 5000; line += 1) complain(`chatter ${line} ${'x'.repeat(2000)}`);
      answer(text('said'));
      return;
    case 'change':
      isChanged = true;
      send({ method: 'notifications/tools/list_changed' });
      answer(text('changed'));
      return;
    case 'heard':
      answer(text(heard.join(',')));
      return;
    case 'huge':
      answer(text('h'.repeat(1_000_000)));
      return;
    case 'enormous':
      answer(text('e'.repeat(20_000_000)));
      return;
    case 'sulk':
      isSulking = true;
      answer(text('no more lists'));
      return;
    case 'refuse':
      send({ id, error: { code: -32_000, message: `No: ${'r'.repeat(50_000)}` } });
      return;
    case 'odd-parts':
      answer({
        content: [
          { type: 'hologram' },
          7,
          { type: 'text', text: 'nul \0 and \ud800 half' },
          { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' },
          { type: 'resource', resource: { uri: 'file:///a', blob: 'AAAA' } },
          { type: 'resource', resource: { uri: 'file:///b', text: 'inside' } },
        ],
        isError: 'perhaps',
      });
      return;
    default:
      answer({ isError: true, ...text(`There is no ${String(name)}`) });
  }
}

write('Welcome! This line is no message.');
complain(`My token is ${process.env.ODD_TOKEN ?? 'unknown'}`);
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line) as Message;
  heard.push(method);
  if (id === undefined) return;
  if (method === 'initialize') {
    const serverInfo = { name: 'odd', version: '1' };
    const capabilities = { tools: { listChanged: true } };
    send({ id, result: { protocolVersion: '2025-06-18', capabilities, serverInfo } });
  } else if (method === 'tools/list') {
    if (isSulking) return;
    send({ id, result: tools(params?.cursor) });
  } else if (method === 'tools/call') {
    call(id, params?.name);
  } else {
    send({ id, result: {} });
  }
});
