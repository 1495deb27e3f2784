import { Router, type Response } from 'express';
import { computeCost, type Model, type Usage } from '@openrouter-native/protocol';
import { requireInferenceKey } from '../authenticate.ts';
import type { AnswerPlan } from '../chat/answer.ts';
import { deliverJson, deliverStream } from '../chat/deliver.ts';
import { askedModel, isObject } from '../chat/request.ts';
import { requestFacts, type SimulatorContext } from '../context.ts';
import { ApiError } from '../errors.ts';
import { createRandom } from '../generate/seed.ts';
import { writeText } from '../generate/text.ts';
import { countTokens, tokenize } from '../generate/tokens.ts';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `POST /chat/completions`. */
export function createChatRoutes(context: SimulatorContext): Router {
  const router = Router();

  router.post('/chat/completions', async (_request, response) => {
    const key = requireInferenceKey(response, context);
    const { body } = requestFacts(response).record;
    if (!isObject(body)) throw new ApiError(400, 'Invalid JSON in request body');
    if (!Array.isArray(body['messages']) || body['messages'].length === 0) {
      throw new ApiError(400, 'messages: at least one message is required');
    }
    const id = askedModel(body) ?? 'openai/gpt-5-mini';
    const model = context.models.find((candidate) => candidate.id === id);
    if (!model) throw new ApiError(400, `${id} is not a valid model ID`);

    const plan = planAnswer(model, body['messages'], context.now());
    context.accounts.charge(key, plan.usage.cost ?? 0);
    response.set('X-Generation-Id', plan.id);
    const signal = abortWhenClosed(response);
    const deliver = body['stream'] === true ? deliverStream : deliverJson;
    await deliver(response, plan, context.settings, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  });

  return router;
}

function planAnswer(model: Model, messages: unknown[], now: number): AnswerPlan {
  const random = createRandom(JSON.stringify([model.id, messages]));
  const last = messages.findLast((message) => isObject(message) && message['role'] === 'user');
  const content = isObject(last) ? last['content'] : '';
  const question = typeof content === 'string' ? content : JSON.stringify(content);
  const text = writeText({ question, modelName: model.name }, random);
  const steps = tokenize(text).map((token) => ({ type: 'text' as const, text: token, tokens: 1 }));
  const promptTokens = countTokens(JSON.stringify(messages));
  const usage: Usage = {
    prompt_tokens: promptTokens,
    completion_tokens: steps.length,
    total_tokens: promptTokens + steps.length,
  };
  const created = Math.floor(now / 1000);
  return {
    id: `gen-${created}-${random.text(20, ALPHANUMERIC)}`,
    created,
    model: model.canonical_slug ?? model.id,
    provider: 'Simulated',
    steps,
    finishReason: 'stop',
    nativeFinishReason: 'stop',
    serviceTier: null,
    usage: {
      ...usage,
      cost: Number(computeCost(usage, model.pricing, new Date(now)) ?? 0),
      is_byok: false,
    },
  };
}

function abortWhenClosed(response: Response): AbortSignal {
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  return controller.signal;
}
