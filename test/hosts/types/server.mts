import { OpenRouterClient, isOpenRouterError } from '@openrouter-native/openrouter';
import { createOpenRouterPlugin } from '@openrouter-native/plugin';
import { reasonFacts, type ChatEvent, type ErrorReason } from '@openrouter-native/protocol';
import { startSimulator } from '@openrouter-native/simulator';
import express from 'express';

/** What a host in TypeScript writes. Compiled against the installed packages, never run. */
export async function start(): Promise<void> {
  const simulator = await startSimulator({ tokensPerSecond: Infinity });
  const client = new OpenRouterClient(simulator.keys.inference, { baseURL: simulator.url });
  const openrouter = createOpenRouterPlugin({
    client,
    requireAuth: (request, response, next) => {
      if (request.get('Authorization') === 'Bearer mine') next();
      else response.status(401).json({});
    },
    version: '1.0.0',
  });
  express().use('/api/openrouter', openrouter.router).listen(3000);
}

export async function ask(client: OpenRouterClient): Promise<string> {
  const messages = [{ role: 'user' as const, content: 'Hi' }];
  let text = '';
  try {
    for await (const event of client.streamChat({ model: 'openai/gpt-4o-mini', messages })) {
      text += textOf(event);
    }
  } catch (error) {
    if (isOpenRouterError(error)) return reasonFacts[error.reason].action;
    throw error;
  }
  return text;
}

function textOf(event: ChatEvent): string {
  return event.type === 'text-delta' ? event.text : '';
}

// Declarations that did not resolve would be `any`, to which everything may be assigned.
// @ts-expect-error: There is no such reason.
export const reason: ErrorReason = 'the-weather';
// @ts-expect-error: Nobody guards the routes.
createOpenRouterPlugin({ client: new OpenRouterClient(null), version: '1.0.0' });
// @ts-expect-error: A simulator has no such option.
void startSimulator({ colour: 'red' });
