import { RequestError } from '@openrouter-native/plugin';
import { agentFieldsSchema, type AgentFields } from '@openrouter-native/protocol';
import fc from 'fast-check';
import { readAgent } from './agent-body.ts';

const ID = '0b6b5d4e-8f3a-4c59-9d1e-2f6a7b8c9d0e';
const minimal = { provider: 'openrouter', model: 'a/b' };
const current: AgentFields = {
  ...agentFieldsSchema.parse(minimal),
  name: 'Old',
  tools: ['calculator'],
  model_parameters: { temperature: 1 },
};

describe('a new agent', () => {
  it('needs a provider and a model, and has defaults for the rest', () => {
    expect(readAgent(minimal, null)).toEqual({
      name: null,
      description: null,
      instructions: null,
      provider: 'openrouter',
      model: 'a/b',
      model_parameters: {},
      tools: [],
      conversation_starters: [],
      recursion_limit: null,
      spending_limit: null,
      file_ids: [],
    });
  });

  it.each([
    [{ provider: 'openrouter' }, 'model'],
    [{ provider: 'openrouter', model: null }, 'model'],
    [{ provider: 'openrouter', model: '' }, 'model'],
    [{ provider: 'openrouter', model: 'a/'.repeat(200) }, 'model'],
    [{ model: 'a/b' }, 'provider'],
    [{ ...minimal, name: 'x'.repeat(257) }, 'name'],
    [{ ...minimal, name: 5 }, 'name'],
    [{ ...minimal, description: 'x'.repeat(4097) }, 'description'],
    [{ ...minimal, instructions: 'x'.repeat(1_000_001) }, 'instructions'],
    [{ ...minimal, tools: 'calculator' }, 'tools'],
    [{ ...minimal, tools: [''] }, 'tools.0'],
    [{ ...minimal, tools: [{}] }, 'tools.0'],
    [{ ...minimal, tools: Array.from({ length: 129 }, (_, n) => `t${n}`) }, 'tools'],
    [{ ...minimal, conversation_starters: [1] }, 'conversation_starters.0'],
    [{ ...minimal, recursion_limit: 0 }, 'recursion_limit'],
    [{ ...minimal, recursion_limit: 101 }, 'recursion_limit'],
    [{ ...minimal, spending_limit: 0 }, 'spending_limit'],
    [{ ...minimal, spending_limit: '1' }, 'spending_limit'],
    [{ ...minimal, file_ids: ['x'] }, 'file_ids.0'],
    [{ ...minimal, model_parameters: [] }, 'model_parameters'],
    [{ ...minimal, temperature: 0 }, 'temperature'],
    [{ ...minimal, reasoning: { effort: 'low' } }, 'reasoning'],
  ])('is refused by the name of the field: %#', (body, field) => {
    expect(() => readAgent(body, null)).toThrow(new RegExp(`^${field}: `));
  });

  it('takes no more than three complaints to be refused', () => {
    const body = { ...minimal, tools: Array.from({ length: 100_000 }, (_, n) => n) };

    expect(() => readAgent(body, null)).toThrow(/^.{1,300}$/);
  });
});

describe('a change', () => {
  it('is refused like a new agent', () => {
    expect(() => readAgent({ model: 'a/'.repeat(200) }, current)).toThrow(/^model: /);
    expect(() => readAgent({ tools: [1] }, current)).toThrow(/^tools\.0: /);
  });

  it('consists of what is given', () => {
    expect(readAgent({ name: 'New', spending_limit: null }, current)).toEqual({
      name: 'New',
      spending_limit: null,
    });
    expect(readAgent({}, current)).toEqual({});
  });

  it('by null leaves alone what cannot be empty', () => {
    const body = {
      provider: null,
      model: null,
      tools: null,
      model_parameters: null,
      file_ids: null,
    };

    expect(readAgent(body, current)).toEqual({});
  });
});

describe('what LibreChat’s clients send', () => {
  it('has empty texts where there are none', () => {
    expect(readAgent({ name: '', description: '', instructions: '' }, current)).toEqual({
      name: null,
      description: null,
      instructions: null,
    });
  });

  it('may describe tools, name them twice, and mark servers', () => {
    const tools = [
      'calculator',
      { type: 'function', function: { name: 'fetch_webpage', description: '', parameters: {} } },
      'calculator',
      { type: 'web_search' },
      'sys__server__sys_mcp_everything',
      'echo_mcp_everything',
    ];

    expect(readAgent({ tools }, current)).toEqual({
      tools: ['calculator', 'fetch_webpage', 'web_search', 'echo_mcp_everything'],
    });
  });

  it('keeps files among the resources of tools', () => {
    expect(
      readAgent({ tool_resources: { context: { file_ids: [ID.toUpperCase(), ID] } } }, current),
    ).toEqual({
      file_ids: [ID],
    });
    const both = { file_ids: [], tool_resources: { context: { file_ids: [ID] } } };
    expect(readAgent(both, current)).toEqual({ file_ids: [] });
    expect(readAgent({ tool_resources: { file_search: { file_ids: [ID] } } }, current)).toEqual({});
    expect(readAgent({ tool_resources: 'x' }, current)).toEqual({});
  });

  it('is full of what means nothing here', () => {
    const body = {
      id: 'agent_x',
      author: 'someone',
      version: 7,
      artifacts: '',
      avatar: null,
      category: 'general',
      edges: [],
      end_after_tools: false,
      hide_sequential_outputs: true,
      metadata: {},
      support_contact: { name: '', email: '' },
      tool_options: {},
      constructor: 'x',
    };

    expect(readAgent(body, current)).toEqual({});
  });
});

function read(parameters: Record<string, unknown>, body: object = {}) {
  return readAgent({ ...body, model_parameters: parameters }, current).model_parameters;
}

describe('the parameters of the model', () => {
  it('may be any that OpenRouter has, or will have', () => {
    const parameters = {
      temperature: 0,
      max_tokens: 100,
      reasoning: { effort: 'high', exclude: false },
      provider: { order: ['anthropic'], allow_fallbacks: false, max_price: { prompt: 1 } },
      models: ['a/c', 'a/d'],
      plugins: [{ id: 'file-parser', pdf: { engine: 'native' } }],
      tools: [{ type: 'openrouter:web_search', parameters: { max_results: 3 } }],
      response_format: { type: 'json_object' },
      later: { maybe: [true] },
    };

    expect(read(parameters)).toEqual(parameters);
  });

  it('are left out where they say nothing', () => {
    expect(read({ temperature: null, top_p: '', model: 'a/b', maxContextTokens: 1000 })).toEqual({
      maxContextTokens: 1000,
    });
    expect(read({ model: 'x/y' }, { model: 'x/y' })).toEqual({});
  });

  it.each([
    [{ temperature: 3 }, 'temperature'],
    [{ temperature: '1' }, 'temperature'],
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ provider: 'anthropic' }, 'provider'],
    [{ models: 'a/b' }, 'models'],
    [{ plugins: ['web'] }, 'plugins.0'],
    [{ model: 'x/y' }, 'model'],
    [{ messages: [] }, 'messages'],
    [{ stream: false }, 'stream'],
    [{ tools: [{ type: 'function', function: { name: 'rm' } }] }, 'tools'],
  ])('are refused by their names: %j', (parameters, name) => {
    expect(() => read(parameters)).toThrow(new RegExp(`^model_parameters\\.${name}: `));
  });

  it('cannot be of any size', () => {
    expect(() => read({ later: 'x'.repeat(300_000) })).toThrow(/^model_parameters: /);
  });
});

describe('whatever is sent', () => {
  const names = [...Object.keys(agentFieldsSchema.shape), 'tool_resources', 'temperature', '__proto__']; // prettier-ignore
  const bodies = fc
    .dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 })
    .map((body) => JSON.parse(JSON.stringify({ ...minimal, ...body })) as Record<string, unknown>);

  it('is refused with an explanation, or is an agent that reads the same once more', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const fields = readOrRefuse(body);
        if (fields === null) return;

        expect(agentFieldsSchema.parse(fields)).toEqual(fields);
        expect(readAgent(fields, null)).toEqual(fields);
        expect(readAgent(fields, fields)).toEqual(fields);
      }),
      { numRuns: 2000 },
    );
  });
});

function readOrRefuse(body: Record<string, unknown>): AgentFields | null {
  try {
    return readAgent(body, null);
  } catch (error) {
    expect(error).toBeInstanceOf(RequestError);
    return null;
  }
}
