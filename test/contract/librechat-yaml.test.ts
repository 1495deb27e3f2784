import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLibreChatYaml } from '@openrouter-native/api/config/librechat-yaml';
import { configSchema, FetchTokenConfig, KnownEndpoints } from 'librechat-data-provider';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const example = readFileSync(join(root, 'librechat.example.yaml'), 'utf8');
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

  it('has the entry for another LibreChat that its guide explains', () => {
    const page = readFileSync(join(root, 'docs/guides/clients/librechat.md'), 'utf8');
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    const inGuide = parse(yaml) as { endpoints: { custom: { name: string; baseURL: string }[] } };
    const inExample = parse(uncommented) as typeof inGuide;

    expect(configSchema.strict().safeParse(inGuide).error?.issues ?? []).toEqual([]);
    expect(inGuide.endpoints.custom).toEqual(inExample.endpoints.custom);
    // What LibreChat looks at to choose its client, and to read prices and context sizes.
    const [entry] = inGuide.endpoints.custom;
    expect(entry?.baseURL).toContain(KnownEndpoints.openrouter);
    expect(Object.keys(FetchTokenConfig)).toContain(entry?.name.toLowerCase());
  });
});
