/** The usual way to answer a list: Express serialises the catalogue for every reader. */
import { readFileSync } from 'node:fs';
import express from 'express';

const catalogue: unknown = JSON.parse(
  readFileSync(new URL('../../packages/simulator/catalogue/models.json', import.meta.url), 'utf8'),
);
const app = express();
app.get('/api/openrouter/models', (_request, response) => void response.json(catalogue));
app.listen(Number(process.argv[2]), '127.0.0.1').keepAliveTimeout = 60_000;
