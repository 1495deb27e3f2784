import { createErrorBody, type HostConfig, type User } from '@openrouter-native/protocol';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { createLanguageStore } from '../../i18n/language-store.ts';
import { AgentBuilderPage } from '../../pages/AgentBuilderPage.tsx';
import { Providers } from '../../Providers.tsx';
import { createServices } from '../../services.ts';
import { startHost, type Answer, type TestHost } from '../../testing/host.ts';
import { withoutLayout } from '../../testing/layout.ts';
import { createStorage } from '../../testing/storage.ts';

const config = { appTitle: 'OpenRouter Native' } as HostConfig;
const user = { name: 'Ada', role: 'USER' } as User;
const plain = aModel('openai/plain', 'OpenAI: Plain', ['temperature']);
const able = aModel('openai/able', 'OpenAI: Able', ['tools']);
const agent = {
  id: 'agent_1',
  author: 'u1',
  name: 'Sales',
  description: null,
  instructions: 'Always sell.',
  provider: 'openrouter',
  model: plain.id,
  model_parameters: {},
  tools: [],
  conversation_starters: [],
  recursion_limit: null,
  spending_limit: null,
  file_ids: [],
  version: 1,
  created_at: 1_790_000_000,
  updatedAt: '2026-10-01T12:00:00.000Z',
  problem: null,
};
const tools = [
  {
    pluginKey: 'calculator',
    name: 'Calculator',
    description: 'Calculates exactly',
    server: null,
    problem: null,
  },
  {
    pluginKey: 'mcp_weather',
    name: 'Weather',
    description: '',
    server: 'weather',
    problem: 'It is still starting.',
  },
];

function aModel(id: string, name: string, parameters: string[]) {
  return {
    id,
    name,
    context_length: 100_000,
    pricing: { prompt: '0.000001', completion: '0.000002' },
    architecture: { input_modalities: ['text'], output_modalities: ['text'] },
    supported_parameters: parameters,
  };
}

let host: TestHost;

// A whole page in a DOM takes its time on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });
beforeAll(withoutLayout);

afterEach(async () => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
  sessionStorage.clear();
  await host.close();
});

async function open(path: string, answers: Record<string, () => Answer> = {}) {
  host = await startHost({
    'GET /api/openrouter/models': () => ({ body: { data: [plain, able] } }),
    'GET /api/agents/tools': () => ({ body: tools }),
    'GET /api/agents/agent_1': () => ({ body: agent }),
    'GET /api/user/settings/favorites': () => ({ body: [] }),
    'GET /api/user/settings/recent-models': () => ({ body: [] }),
    ...answers,
  });
  const services = createServices(host.origin, createLanguageStore(createStorage(), ['en']));
  services.unsentWork.openFor('u1');
  render(
    <MemoryRouter initialEntries={[path]}>
      <Providers services={services}>
        <Routes>
          <Route
            path="/agents/:agentId"
            element={<AgentBuilderPage config={config} user={user} />}
          />
          <Route path="/agents" element={<h1>The list</h1>} />
        </Routes>
      </Providers>
    </MemoryRouter>,
  );
}

async function show(path: string, answers?: Record<string, () => Answer>) {
  await open(path, answers);
  await screen.findByRole('textbox', { name: 'Name' });
}

const sent = (route: string) => host.requests.filter((request) => request.route === route);
const starters = () =>
  screen.getAllByRole<HTMLInputElement>('textbox', { name: /^Starter/ }).map(({ value }) => value);
const nameField = () => screen.getByRole('textbox', { name: 'Name' });

it('saves what was changed, with a keystroke, and says so', async () => {
  await show('/agents/agent_1', {
    'PATCH /api/agents/agent_1': () => ({ body: { ...agent, name: 'Support', version: 2 } }),
  });
  expect(screen.getByText('Saved, version 1')).toBeTruthy();

  await userEvent.clear(nameField());
  await userEvent.type(nameField(), 'Support');
  expect(screen.getByText('Unsaved changes')).toBeTruthy();
  await userEvent.keyboard('{Control>}s{/Control}');

  await screen.findByText('Saved, version 2');
  expect(sent('PATCH /api/agents/agent_1').map(({ body }) => body)).toEqual([{ name: 'Support' }]);
});

it('creates nothing without a model, and leads to where it is chosen', async () => {
  await show('/agents/new');
  await userEvent.type(nameField(), 'Sales');

  await userEvent.click(screen.getByRole('button', { name: 'Create agent' }));

  await screen.findByText(/without one, the agent cannot answer/);
  const group = screen.getByRole('group', { name: 'Model' });
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/Choose a model/));
  expect(group.contains(document.activeElement)).toBe(true);
  expect(sent('POST /api/agents')).toEqual([]);
});

it('keeps everything when the server refuses, and shows its words beside the field', async () => {
  const refusal = createErrorBody('invalid_request', 'description: far too boring.', {
    metadata: { fields: ['description'] },
  });
  await show('/agents/agent_1', {
    'PATCH /api/agents/agent_1': () => ({ status: 400, body: refusal }),
  });
  const description = screen.getByRole('textbox', { name: 'Description' });
  await userEvent.type(description, 'Sells things');

  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await screen.findByText('The server refused this: far too boring.');
  expect(description.getAttribute('aria-invalid')).toBe('true');
  expect((description as HTMLInputElement).value).toBe('Sells things');
  await waitFor(() => expect(document.activeElement).toBe(description));
  await userEvent.type(description, '!');
  expect(screen.queryByText(/far too boring/)).toBeNull();
});

it('warns before saving that the model cannot use tools, and changes it with one click', async () => {
  await show('/agents/agent_1', {
    'PATCH /api/agents/agent_1': () => ({ body: { ...agent, version: 2 } }),
  });
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Calculator' }));

  await screen.findByText('Plain cannot use tools, which this agent needs.');
  await userEvent.click(screen.getByRole('button', { name: 'Able' }));

  expect(screen.queryByText(/cannot use tools/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent('PATCH /api/agents/agent_1')).toHaveLength(1));
  expect(sent('PATCH /api/agents/agent_1')[0]?.body).toEqual({
    model: able.id,
    tools: ['calculator'],
  });
});

it('offers what the server suggests in place of a model that is gone', async () => {
  const problem = { message: 'There is no such model.', action: '', suggestions: [able.id] };
  await show('/agents/agent_1', {
    'GET /api/agents/agent_1': () => ({ body: { ...agent, model: 'openai/gone', problem } }),
  });

  const form = within(screen.getByRole('main'));
  await form.findByText('There is no model openai/gone here, or not any more.');
  await userEvent.click(screen.getByRole('button', { name: 'Able' }));

  expect(screen.getByRole('button', { name: 'Model: Able' })).toBeTruthy();
  expect(form.queryByText(/not any more/)).toBeNull();
});

it('says why tools cannot be had, in words', async () => {
  await show('/agents/agent_1');

  const group = await screen.findByRole('group', { name: 'weather' });

  expect(within(group).getByText('It is still starting.')).toBeTruthy();
  expect(within(group).queryByRole('checkbox')).toBeNull();
});

it('adds, sorts and removes starters with the keyboard alone', async () => {
  await show('/agents/new');

  screen.getByRole('button', { name: 'Add a starter' }).focus();
  await userEvent.keyboard('{Enter}One{Enter}Two{Enter}');
  expect(starters()).toEqual(['One', 'Two', '']);
  await userEvent.keyboard('{Backspace}{Alt>}{ArrowUp}{/Alt}');

  expect(starters()).toEqual(['Two', 'One']);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Starter 1');
  await userEvent.click(screen.getByRole('button', { name: 'Remove starter 2' }));
  expect(starters()).toEqual(['Two']);
});

it('refuses a limit that is no number, and does not send it', async () => {
  await show('/agents/agent_1');
  const limit = screen.getByRole('textbox', { name: 'US dollars per answer' });

  await userEvent.type(limit, 'a lot');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await screen.findByText('Write a number such as 0.50, or leave it empty.');
  await waitFor(() => expect(document.activeElement).toBe(limit));
  expect(sent('PATCH /api/agents/agent_1')).toEqual([]);
});

it('asks before unsaved changes are left, and stays when told to', async () => {
  await show('/agents/agent_1');
  await userEvent.type(nameField(), ' team');

  await userEvent.click(screen.getByRole('link', { name: 'Back to the agents' }));
  await screen.findByRole('alertdialog', { name: 'Leave without saving?' });
  await userEvent.click(screen.getByRole('button', { name: 'Stay' }));

  expect((nameField() as HTMLInputElement).value).toBe('Sales team');
  await userEvent.click(screen.getByRole('link', { name: 'Back to the agents' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Leave without saving' }));
  await screen.findByRole('heading', { name: 'The list' });
});

it('has what was not saved again after a reload, until it is left', async () => {
  await show('/agents/agent_1');
  await userEvent.type(nameField(), ' team');
  await reload();
  await show('/agents/agent_1', {
    'GET /api/agents/agent_1': () => ({ body: { ...agent, description: 'Newer', version: 2 } }),
  });
  await waitFor(() => expect(nameField()).toHaveProperty('value', 'Sales team'));
  expect(screen.getByText('Unsaved changes')).toBeTruthy();
  expect(screen.getByDisplayValue('Newer')).toBeTruthy(); // Changed elsewhere meanwhile.

  await userEvent.click(screen.getByRole('link', { name: 'Back to the agents' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Leave without saving' }));
  await screen.findByRole('heading', { name: 'The list' });
  await reload();
  await show('/agents/agent_1');

  expect(nameField()).toHaveProperty('value', 'Sales');
});

async function reload(): Promise<void> {
  window.dispatchEvent(new Event('pagehide'));
  cleanup();
  await host.close();
}

it('says that an agent is not there', async () => {
  const gone = createErrorBody('not_found', 'There is no such agent.');
  await open('/agents/agent_1', {
    'GET /api/agents/agent_1': () => ({ status: 404, body: gone }),
  });

  expect((await screen.findByRole('alert')).textContent).toMatch(/There is no such agent\./);
  expect(screen.getByRole('link', { name: 'Back to the agents' })).toBeTruthy();
});
