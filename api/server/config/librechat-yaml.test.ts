import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLibreChatYaml } from './librechat-yaml.ts';

describe('readLibreChatYaml', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yaml-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function read(content: string) {
    const path = join(directory, 'librechat.yaml');
    writeFileSync(path, content);
    return readLibreChatYaml(path, false, {});
  }

  it('does without the file, unless it was asked for', () => {
    const path = join(directory, 'none.yaml');

    expect(readLibreChatYaml(path, false, {})).toEqual({
      settings: {
        interface: {},
        agents: {},
        modelSpecs: null,
        mcpServers: [],
        includedTools: null,
        filteredTools: [],
      },
      warnings: [],
      problems: [],
    });
    expect(readLibreChatYaml(path, true, {}).problems).toEqual([
      expect.objectContaining({ variable: 'CONFIG_PATH', problem: expect.stringContaining(path) }),
    ]);
  });

  it('takes over what another part is merged with', () => {
    const { settings } = read(`
shared: &shared { endpoint: openrouter, temperature: 0.3 }
modelSpecs:
  list: [{ name: fast, label: Fast, preset: { <<: *shared, model: openai/gpt-5-mini } }]
`);

    expect(settings?.modelSpecs).toMatchObject({
      list: [{ preset: { endpoint: 'openrouter', model: 'openai/gpt-5-mini' } }],
    });
  });

  it('takes what the server uses, and ignores the rest', () => {
    const reading = read(`
version: 1.3.17
cache: true
interface:
  modelSelect: true
  privacyPolicy: { externalUrl: https://example.com }
modelSpecs:
  list: [{ name: fast, label: Fast, preset: { endpoint: openrouter, model: openai/gpt-5-mini } }]
endpoints:
  agents:
    disableBuilder: true
    capabilities: [tools]
    allowedProviders: [openrouter]
    recursionLimit: 25
    maxRecursionLimit: 40
  openAI: { titleConvo: true }
  custom: [{ name: Mistral, baseURL: https://api.mistral.ai/v1 }]
`);

    expect(reading).toMatchObject({ warnings: [], problems: [] });
    expect(reading.settings).toMatchObject({
      interface: { modelSelect: true, privacyPolicy: { externalUrl: 'https://example.com' } },
      agents: {
        disableBuilder: true,
        capabilities: ['tools'],
        allowedProviders: ['openrouter'],
        recursionLimit: 25,
        maxRecursionLimit: 40,
      },
      modelSpecs: { list: [{ name: 'fast' }] },
    });
  });

  it.each([
    ['{ name: OpenRouter, apiKey: x, baseURL: https://openrouter.ai/api/v1 }', '"OpenRouter"'],
    ['{ name: openrouter-free }', '"openrouter-free"'],
    ['{ name: Gateway, baseURL: https://openrouter.ai/api/v1 }', '"Gateway"'],
  ])('asks to remove the leftover entry %s', (entry, name) => {
    const reading = read(`endpoints: { custom: [{ name: Other }, ${entry}] }`);

    expect(reading).toMatchObject({
      settings: expect.anything(),
      warnings: [expect.stringContaining(`endpoints.custom[1] (${name}) is not used`)],
    });
  });

  it.each([
    ['interface: yes please', 'interface is not a map'],
    ['endpoints: [1, 2]', 'endpoints is not a map'],
    ['- a\n- list', 'The file is not a map'],
    ['endpoints: { agents: { capabilities: all } }', 'endpoints.agents.capabilities has a wrong'],
    ['modelSpecs: 7', 'modelSpecs is not a map'],
    ['mcpServers: [x]', 'mcpServers is not a map'],
    ['filteredTools: calculator', 'filteredTools is not a list'],
    ['includedTools: [1]', 'includedTools is not a list'],
  ])('warns and goes on when a section has another shape: %j', (content, warning) => {
    expect(read(content)).toMatchObject({
      settings: expect.anything(),
      warnings: [expect.stringContaining(warning)],
    });
  });

  it.each(['', '# only a comment\n', 'endpoints:\n  custom: nonsense\n', 'endpoints:\n'])(
    'has nothing to say about %j',
    (content) => expect(read(content)).toMatchObject({ warnings: [], problems: [] }),
  );

  it('names the line of a mistake in the YAML, and repeats nothing of it', () => {
    const { problems } = read('interface:\n  a: 1\n bad: "hunter2\n');

    expect(problems).toEqual([
      expect.objectContaining({ problem: expect.stringMatching(/not valid YAML in line \d/) }),
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('refuses a file that unfolds into an enormous one', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf']) {
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(',')}]`);
    }

    expect(read(bomb.join('\n')).problems).toHaveLength(1);
  });
});
