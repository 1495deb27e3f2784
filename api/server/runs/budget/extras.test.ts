import type { ChatRequest } from '@openrouter-native/protocol';
import { listedModel } from '../testing/catalogue.ts';
import { extrasOf } from './extras.ts';

const mini = listedModel('openai/gpt-4o-mini');
const aRequest = (rest: Partial<ChatRequest>): ChatRequest => ({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Hi' }],
  ...rest,
});
const extras = (rest: Partial<ChatRequest>, models = [mini]) => extrasOf(aRequest(rest), models);
const nothing = {
  serverToolCalls: 0,
  growsPrompt: false,
  ownSearches: 0,
  filesUsd: 0,
  unbounded: null,
};
const pdf = {
  type: 'file',
  file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA' },
};
const asks = (...parts: (typeof pdf)[]) => ({
  messages: [{ role: 'user' as const, content: parts }],
});

const pluginOf = (engine: string) => ({ plugins: [{ id: 'file-parser', pdf: { engine } }] });

describe('what a request costs beside the model', () => {
  it('is nothing for functions and plugins that are free', () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const plugins = [{ id: 'context-compression' }, { id: 'fusion', enabled: false }];

    expect(extras({ tools, plugins })).toEqual(nothing);
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['a tool', { tools: [{ type: 'openrouter:web_search' }] }],
    ['an older tool', { tools: [{ type: 'web_search_preview' }] }],
    ['a plugin', { plugins: [{ id: 'web' }] }],
    ['a suffix', { model: 'openai/gpt-4o-mini:online' }],
    ['a suffix of a fallback', { models: ['openai/gpt-4o:online'] }],
    ['options', { web_search_options: {} }],
    ['fetching', { plugins: [{ id: 'web-fetch' }] }],
    ['a free tool, for its turns', { tools: [{ type: 'openrouter:datetime' }] }],
  ])('is up to thirty turns for searching by %s', (_what, rest) => {
    expect(extras(rest)).toEqual({ ...nothing, serverToolCalls: 30, growsPrompt: true });
  });

  it.each([
    [4, 4],
    [400, 30],
    [0, 30],
    [-1, 30],
    ['many', 30],
    [2.9, 2],
  ])('takes max_tool_calls %p as %p', (wanted, calls) => {
    const tools = [{ type: 'openrouter:web_search' }];

    expect(extras({ tools, max_tool_calls: wanted }).serverToolCalls).toBe(calls);
  });

  it('is a search for a model that searches by itself', () => {
    expect(extras({}, [listedModel('perplexity/sonar')])).toEqual({
      ...nothing,
      growsPrompt: true,
      ownSearches: 1,
    });
  });

  it('is two dollars for each PDF file that has to be parsed', () => {
    const reader = listedModel('anthropic/claude-haiku-4.5');
    const other = listedModel('meta-llama/llama-3.3-70b-instruct');

    expect(extras(asks(pdf, pdf), [other]).filesUsd).toBe(4);
    expect(extras(asks(pdf), [reader]).filesUsd).toBe(0);
    expect(extras(asks(pdf), [reader, other]).filesUsd).toBe(2);
    expect(extras({ ...asks(pdf), ...pluginOf('mistral-ocr') }, [reader]).filesUsd).toBe(2);
    expect(extras({ ...asks(pdf), ...pluginOf('cloudflare-ai') }, [other]).filesUsd).toBe(0);
    expect(extras({ ...asks(pdf), ...pluginOf('one-of-tomorrow') }, [reader]).filesUsd).toBe(2);
  });

  it.each<[string, Partial<ChatRequest>, RegExp]>([
    ['tools that have other models work', { tools: [{ type: 'openrouter:advisor' }] }, /advisor/],
    ['tools of tomorrow', { tools: [{ type: 'openrouter:time_travel' }] }, /time_travel/],
    ['plugins that ask other models', { plugins: [{ id: 'fusion' }] }, /fusion/],
    ['presets', { preset: 'mine' }, /preset/],
    ['another model behind a mode', { reasoning: { mode: 'pro' } }, /pro mode/],
  ])('has no bound for %s', (_what, rest, words) => {
    expect(extras(rest).unbounded).toMatch(words);
  });

  it('has no bound for a model that searches as often as it likes', () => {
    expect(extras({}, [listedModel('perplexity/sonar-deep-research')]).unbounded).toMatch(/Deep/);
  });
});
