import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLibreChatYaml } from '@openrouter-native/api/config/librechat-yaml';
import { configSchema } from 'librechat-data-provider';
import { parse } from 'yaml';

const example = readFileSync(join(import.meta.dirname, '../../librechat.example.yaml'), 'utf8');
/** The file after someone removed the # in front of every setting. */
const uncommented = example.replace(/^# ( *(?:- )?[\w$]+:(?: .*)?)$/gm, '$1');

describe('librechat.example.yaml', () => {
  it.each([
    ['as it is', example],
    ['with every setting in force', uncommented],
  ])('is accepted by LibreChat %s', (_name, content) => {
    const result = configSchema.strict().safeParse(parse(content));

    expect(result.error?.issues ?? []).toEqual([]);
  });

  it('shows every section that the server reads, and each reaches the server', () => {
    const directory = mkdtempSync(join(tmpdir(), 'yaml-'));
    const path = join(directory, 'librechat.yaml');
    writeFileSync(path, uncommented);

    expect(Object.keys(parse(uncommented) as object)).toEqual([
      'version',
      'interface',
      'endpoints',
      'modelSpecs',
      'filteredTools',
      'mcpServers',
    ]);
    expect(readLibreChatYaml(path, true, { TEAM_MCP_TOKEN: 'a-token' })).toMatchObject({
      warnings: [],
      problems: [],
      settings: {
        interface: { customWelcome: 'Welcome to the team chat', modelSelect: true },
        agents: { disableBuilder: false, allowedProviders: ['openrouter'] },
        modelSpecs: { list: [{ name: 'quick', preset: { endpoint: 'openrouter' } }] },
        filteredTools: ['fetch_webpage'],
        mcpServers: [
          { name: 'everything', allowedTools: ['echo', 'get-sum'], initTimeoutMs: 30_000 },
          { name: 'team', title: 'Team tools', transport: { type: 'http' }, allowedTools: null },
        ],
      },
    });
    rmSync(directory, { recursive: true });
  });
});
