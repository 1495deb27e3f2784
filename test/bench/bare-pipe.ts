/** The limit of what Node can do: `http.request` piped into the response, nothing read on the way. */
import { Agent, createServer, request as httpRequest } from 'node:http';

const [port, upstreamPort] = process.argv.slice(2).map(Number);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

const server = createServer((request, response) => {
  const upstream = httpRequest(
    {
      host: '127.0.0.1',
      port: upstreamPort,
      path: '/api/v1/chat/completions',
      method: request.method,
      headers: { 'Content-Type': 'application/json' },
      agent,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
});
server.keepAliveTimeout = 60_000;
server.listen(port, '127.0.0.1');
