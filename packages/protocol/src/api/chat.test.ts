import { conform } from '../conform.ts';
import { chatRequestSchema } from './chat.ts';

const messages = [{ role: 'user', content: 'Hi' }];
const accepts = (request: object) => chatRequestSchema.safeParse(request).success;

describe('chatRequestSchema', () => {
  it.each<[string, object]>([
    ['messages alone', {}],
    ['a model', { model: 'openai/gpt-5-mini' }],
    ['fallback models', { models: ['a/b', 'c/d'] }],
    ['numbers at their limits', { temperature: 2, top_p: 0, frequency_penalty: -2, top_k: 0 }],
    ['null for what may be left out', { temperature: null, stop: null, tools: null, stream: null }],
    ['one stop word', { stop: 'END' }],
    ['four stop words', { stop: ['a', 'b', 'c', 'd'] }],
    ['a response format', { response_format: { type: 'json_schema', json_schema: { name: 'x' } } }],
    ['a tool choice by name', { tool_choice: { type: 'function', function: { name: 'f' } } }],
    ['a tool choice in a word', { tool_choice: 'required' }],
    ['a server tool', { tools: [{ type: 'openrouter:web_search', parameters: {} }] }],
    ['a function', { tools: [{ type: 'function', function: { name: 'f', parameters: {} } }] }],
    ['provider preferences', { provider: { sort: 'price', only: ['openai'] } }],
    ['reasoning', { reasoning: { effort: 'low' } }],
    ['plugins', { plugins: [{ id: 'web', max_results: 3 }] }],
  ])('accepts %s', (_name, fields) => {
    expect(accepts({ messages, ...fields })).toBe(true);
  });

  it.each<[string, object]>([
    ['text', { role: 'user', content: 'Hi' }],
    ['parts', { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:,' } }] }],
    ['a system message', { role: 'system', content: 'Be brief.' }],
    ['a developer message', { role: 'developer', content: 'Be brief.' }],
    ['an answer without text', { role: 'assistant', content: null }],
    [
      'an answer that calls tools',
      {
        role: 'assistant',
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
    ],
    [
      'reasoning that is sent back',
      {
        role: 'assistant',
        content: 'x',
        reasoning_details: [{ type: 'reasoning.text', text: 'Hm', signature: 's' }],
      },
    ],
    ['a tool result', { role: 'tool', tool_call_id: 'a', content: '12' }],
  ])('accepts as a message %s', (_name, message) => {
    expect(accepts({ messages: [message] })).toBe(true);
  });

  it.each<[string, unknown, string]>([
    ['no messages', { model: 'a/b' }, 'messages'],
    ['a model that is no id but a book', { messages, model: 'a'.repeat(257) }, 'model'],
    ['such a model among others', { messages, models: ['a/b', 'a'.repeat(257)] }, 'models.1'],
    ['an empty list of messages', { messages: [] }, 'messages'],
    ['messages that are text', { messages: 'Hi' }, 'messages'],
    ['a role that does not exist', { messages: [{ role: 'robot', content: 'x' }] }, 'messages.0'],
    ['a message without a role', { messages: [{ content: 'x' }] }, 'messages.0'],
    ['a user message without content', { messages: [{ role: 'user' }] }, 'messages.0.content'],
    ['content that is a number', { messages: [{ role: 'user', content: 1 }] }, 'messages.0'],
    [
      'a tool result that answers nothing',
      { messages: [{ role: 'tool', content: 'x' }] },
      'messages.0.tool_call_id',
    ],
    ['an empty model', { messages, model: '' }, 'model'],
    ['a model that is a list', { messages, model: ['a/b'] }, 'model'],
    ['eleven models to fall back to', { messages, models: Array(11).fill('a/b') }, 'models'],
    ['a temperature over 2', { messages, temperature: 2.1 }, 'temperature'],
    ['a temperature in words', { messages, temperature: 'hot' }, 'temperature'],
    ['half a token', { messages, max_tokens: 0.5 }, 'max_tokens'],
    ['no tokens', { messages, max_completion_tokens: 0 }, 'max_completion_tokens'],
    ['five stop words', { messages, stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop'],
    ['stream in words', { messages, stream: 'true' }, 'stream'],
    ['a tool without a type', { messages, tools: [{}] }, 'tools.0.type'],
    [
      'a function without a name',
      { messages, tools: [{ type: 'function', function: {} }] },
      'tools.0.function.name',
    ],
    ['a session id that is too long', { messages, session_id: 'x'.repeat(257) }, 'session_id'],
    ['a list', [], ''],
    ['nothing', null, ''],
  ])('refuses %s', (_name, request, path) => {
    const { error } = chatRequestSchema.safeParse(request);

    expect(error?.issues[0]?.path.join('.')).toContain(path);
  });

  it('leaves unknown fields and the order of properties alone', () => {
    const text =
      '{"zeta":{"a":[1]},"messages":[{"content":"Hi","name":"n","role":"user"}],"transforms":["middle-out"],"model":"a/b"}';
    const request: unknown = JSON.parse(text);

    expect(conform(chatRequestSchema, request)).toBe(request);
    expect(JSON.stringify(request)).toBe(text);
  });
});
