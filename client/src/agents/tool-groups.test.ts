import type { AgentTool } from '@openrouter-native/protocol';
import { searchToolGroups, toToolGroups } from './tool-groups.ts';

function aTool(pluginKey: string, fields: Partial<AgentTool> = {}): AgentTool {
  return { pluginKey, name: pluginKey, description: '', server: null, problem: null, ...fields };
}

const offered = [
  aTool('calculator', { name: 'Calculator', description: 'Calculates exactly' }),
  aTool('echo_mcp_everything', { name: 'Echo', server: 'everything' }),
  aTool('mcp_weather', { name: 'Weather', server: 'weather', problem: 'It is still starting.' }),
];

const shape = (groups: ReturnType<typeof toToolGroups>) =>
  groups.map(({ kind, server, tools }) => [kind, server, tools.map(({ key }) => key)]);

it('sorts tools by where they come from; a server that was never reached is no tool', () => {
  const groups = toToolGroups(offered, ['calculator']);

  expect(shape(groups)).toEqual([
    ['built-in', '', ['calculator']],
    ['server', 'everything', ['echo_mcp_everything']],
    ['server', 'weather', []],
  ]);
  expect(groups[0]?.tools[0]).toMatchObject({ name: 'Calculator', isChosen: true });
  expect(groups[2]?.problem).toBe('It is still starting.');
});

it('shows what the agent names and nobody offers, so that it can be taken out', () => {
  const groups = toToolGroups(offered, ['abacus', 'rain_mcp_weather']);

  expect(shape(groups)).toEqual([
    ['gone', '', ['abacus']],
    ['built-in', '', ['calculator']],
    ['server', 'everything', ['echo_mcp_everything']],
    ['server', 'weather', ['rain_mcp_weather']], // It may be known again.
  ]);
  expect(groups[0]?.tools[0]?.isChosen).toBe(true);
});

it('finds tools by words of their name, description or server, in any order', () => {
  const groups = toToolGroups(offered, []);

  expect(shape(searchToolGroups(groups, ' EXACTLY calc '))).toEqual([
    ['built-in', '', ['calculator']],
  ]);
  expect(shape(searchToolGroups(groups, 'everything'))).toEqual([
    ['server', 'everything', ['echo_mcp_everything']],
  ]);
  expect(searchToolGroups(groups, 'nothing of the kind')).toEqual([]);
  expect(searchToolGroups(groups, ' ')).toBe(groups);
});
