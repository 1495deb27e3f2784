const { OpenRouterClient } = require('@openrouter-native/openrouter');
const { createOpenRouterPlugin } = require('@openrouter-native/plugin');
const express = require('express');

/** @satisfies {express.RequestHandler} Your own: calls next(), or answers. */
const requireAuth = (request, response, next) => {
  if (request.get('Authorization') === `Bearer ${process.env.APP_TOKEN}`) next();
  else response.status(401).json({ message: 'Please sign in.' });
};

const openrouter = createOpenRouterPlugin({
  client: new OpenRouterClient(process.env.OPENROUTER_API_KEY ?? null, {
    baseURL: process.env.OPENROUTER_BASE_URL,
  }),
  requireAuth,
  logger: console,
  version: '1.0.0',
});

const app = express();
app.use('/api/openrouter', openrouter.router); // Before your body parser, whose limit is lower.
app.use(express.json());
app.post('/echo', requireAuth, (request, response) => response.json(request.body));

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log('Listening', server.address());
});
process.once('SIGTERM', () => {
  server.close();
  void openrouter.close().then(() => server.closeIdleConnections()); // Running answers may end.
});
