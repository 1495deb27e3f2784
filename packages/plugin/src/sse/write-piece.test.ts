import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { writePiece } from './write-piece.ts';

/** Everything that a server sends whose handler is `answer`, to a client that says `request`. */
async function exchange(
  request: string,
  answer: (response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer((_request, response) => void answer(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(request);
    return await text(socket);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const GET = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4);

function sendWords(response: ServerResponse): void {
  response.writeHead(200);
  writePiece(response, 'Grüße 👋🏽\n');
  writePiece(response, 'end');
  response.end();
}

describe('writePiece', () => {
  it('writes one chunk for each piece, as long as its bytes', async () => {
    const answer = await exchange(GET, sendWords);

    expect(answer).toContain('Transfer-Encoding: chunked');
    expect(bodyOf(answer)).toBe('11\r\nGrüße 👋🏽\n\r\n3\r\nend\r\n0\r\n\r\n');
  });

  it('goes together with what Node writes by itself', async () => {
    const answer = await exchange(GET, (response) => {
      response.write('a');
      writePiece(response, 'b');
      response.end('c');
    });

    expect(bodyOf(answer)).toBe('1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n');
  });

  it('sends no chunks to a client that cannot read them', async () => {
    const answer = await exchange('GET / HTTP/1.0\r\n\r\n', sendWords);

    expect(bodyOf(answer)).toBe('Grüße 👋🏽\nend');
  });

  it('waits behind the answer before it on the same connection', async () => {
    let first: ServerResponse | undefined;
    const answer = await exchange(GET.replace('Connection: close\r\n', '') + GET, (response) => {
      if (!first) return (first = response);
      sendWords(response);
      return first.end('first');
    });

    expect(answer.indexOf('first')).toBeLessThan(answer.indexOf('Grüße'));
    expect(answer).toContain('11\r\nGrüße 👋🏽\n\r\n3\r\nend\r\n0\r\n\r\n');
  });

  it('leaves its text to whoever has wrapped the response', async () => {
    const answer = await exchange(GET, (response) => {
      const write = response.write.bind(response) as (part: string) => boolean;
      response.write = (part: string) => write(part.toUpperCase());
      sendWords(response);
    });

    expect(bodyOf(answer)).toContain('GRÜSSE 👋🏽\n');
  });

  it('says when the reader cannot take more, and drains', async () => {
    const answer = await exchange(GET, async (response) => {
      const isFull = !writePiece(response, 'x'.repeat(8 * 1024 * 1024));
      if (isFull) await once(response, 'drain');
      response.end(isFull ? 'drained' : 'never full');
    });

    expect(bodyOf(answer)).toContain('drained');
  });
});
