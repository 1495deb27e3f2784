import type { AgentVersion } from '@openrouter-native/protocol';
import { toVersionSteps } from './versions.ts';

function aVersion(version: number, fields: Partial<AgentVersion> = {}): AgentVersion {
  return {
    version,
    createdAt: '2026-10-01T12:00:00.000Z',
    name: 'Sales',
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
    ...fields,
  };
}

it('tells what each version changed, newest first, and which one is in use', () => {
  const steps = toVersionSteps([
    aVersion(1),
    aVersion(2, { tools: ['calculator'], spending_limit: 0.5 }),
    aVersion(3),
  ]);

  expect(
    steps.map(({ version, changed, isCurrent }) => [version.version, changed, isCurrent]),
  ).toEqual([
    [3, ['tools', 'spending_limit'], true],
    [2, ['tools', 'spending_limit'], false],
    [1, null, false],
  ]);
});

it('does not claim to know what the oldest kept version changed', () => {
  expect(toVersionSteps([aVersion(7), aVersion(8)]).at(-1)?.changed).toBeNull();
});
