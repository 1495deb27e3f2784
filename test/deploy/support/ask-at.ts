import { aQuestion } from './paced-answer.ts';

/** Asks a server for an answer, as a program does. */
export function askAt(url: string, token: string, fields: object = {}): Promise<Response> {
  return fetch(`${url}/api/openrouter/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: aQuestion(fields),
  });
}
