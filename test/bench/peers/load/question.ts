import type { Question } from './tasks.ts';

/** How a server wants to be asked. */
export interface Door {
  port: number;
  path: string;
  headers: Record<string, string>;
  model: string;
}

/** What is asked, and so what the upstream does: see `processes/upstream.ts`. */
export interface Script {
  name: string;
  stream: boolean;
  /** Tokens that a whole answer has. */
  tokens: number;
}

/** The body of a chat request that makes the upstream follow a script. */
export function scriptedBody({ model }: Door, { name, stream }: Script): string {
  return JSON.stringify({
    model,
    stream,
    temperature: 0.7,
    messages: [
      { role: 'system', content: 'You are a patient teacher. Answer in a few words.' },
      { role: 'user', content: `How deep is the sea? script:${name}` },
    ],
  });
}

export function toQuestion(door: Door, script: Script): Question {
  const body = scriptedBody(door, script);
  const headers = {
    Host: `127.0.0.1:${door.port}`,
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...door.headers,
  };
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return {
    port: door.port,
    bytes: `POST ${door.path} HTTP/1.1\r\n${fields.join('')}\r\n${body}`,
    tokens: script.tokens,
  };
}
