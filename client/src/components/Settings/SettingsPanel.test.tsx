import type { AnswerSettings } from '@openrouter-native/react';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { MemoryRouter } from 'react-router';
import { createLanguageStore } from '../../i18n/language-store.ts';
import { Providers } from '../../Providers.tsx';
import { createServices } from '../../services.ts';
import { startHost, type TestHost } from '../../testing/host.ts';
import { createStorage } from '../../testing/storage.ts';
import { SettingsPanel } from './SettingsPanel.tsx';

const HAIKU = 'anthropic/claude-haiku-4.5';
const pirate = {
  presetId: 'p1',
  endpoint: 'openrouter',
  title: 'Pirate',
  model: 'deepseek/deepseek-v3.2',
  promptPrefix: 'Answer like a pirate.',
  model_parameters: { temperature: 1.2 },
  spending_limit: null,
};

let host: TestHost;
let current: AnswerSettings;

afterEach(async () => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
  await host.close();
});

async function show(settings: AnswerSettings) {
  let nextId = 2;
  host = await startHost({
    'GET /api/openrouter/models': () => ({ body: { data: [] } }),
    'GET /api/presets': () => ({ body: [pirate] }),
    'POST /api/presets': () => {
      const body = host.requests.at(-1)?.body;
      const { presetId, ...fields } = body as { presetId: string | null };
      nextId += 1;
      return { body: { ...fields, presetId: presetId ?? `p${nextId}`, endpoint: 'openrouter' } };
    },
    'POST /api/presets/delete': () => ({ body: { acknowledged: true, deletedCount: 1 } }),
  });
  const services = createServices(host.origin, createLanguageStore(createStorage(), ['en']));
  current = settings;
  const typed = new Map<never, never>();
  function Page() {
    const [state, setState] = useState(settings);
    return (
      <SettingsPanel
        settings={state}
        typed={typed}
        headingRef={() => undefined}
        onChange={(change) => {
          current = { ...current, ...change };
          setState(current);
        }}
        onClose={() => undefined}
      />
    );
  }
  render(
    <MemoryRouter>
      <Providers services={services}>
        <Page />
      </Providers>
    </MemoryRouter>,
  );
  return services;
}

const user = userEvent.setup();
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const posted = () => host.requests.filter(({ route }) => route === 'POST /api/presets');

async function choose(item: string) {
  await user.click(await button(/^More for/));
  await user.click(await screen.findByRole('menuitem', { name: item }));
}

it('puts a preset in force as a whole, and takes that back', async () => {
  const before = { model: HAIKU, model_parameters: { seed: 7 }, spending_limit: 0.5 };
  await show(before);
  await user.click(await button('Presets'));
  await user.click(await button(/^Pirate/));

  expect(current).toMatchObject({
    model: 'deepseek/deepseek-v3.2',
    promptPrefix: 'Answer like a pirate.',
    model_parameters: { temperature: 1.2 },
    spending_limit: null,
  });
  expect((await button(/^Pirate/)).getAttribute('aria-pressed')).toBe('true');
  await user.click(await button('Undo'));

  expect(current).toMatchObject(before);
});

it('keeps the settings of now under a name', async () => {
  await show({ model: HAIKU, promptPrefix: 'Be kind.', model_parameters: { seed: 7 } });
  await user.click(await button('Presets'));
  await user.type(screen.getByRole('textbox', { name: 'Save current settings as' }), 'Kind{Enter}');

  await screen.findByText('“Kind” is saved.');
  expect(posted()[0]?.body).toEqual({
    presetId: null,
    title: 'Kind',
    model: HAIKU,
    promptPrefix: 'Be kind.',
    model_parameters: { seed: 7 },
    spending_limit: null,
  });
  expect((await button(/^Kind/)).getAttribute('aria-pressed')).toBe('true');
});

it('renames a preset, and leaves the rest of it as it was', async () => {
  await show({ model: HAIKU });
  await user.click(await button('Presets'));
  await button(/^Pirate/);
  await choose('Rename');
  await user.clear(screen.getByRole('textbox', { name: 'New name of the preset' }));
  await user.keyboard('Captain{Enter}');

  await button(/^Captain/);
  expect(posted()[0]?.body).toMatchObject({
    presetId: 'p1',
    title: 'Captain',
    model: 'deepseek/deepseek-v3.2',
  });
  await waitFor(async () => expect(document.activeElement).toBe(await button(/^More for/)));
});

it('brings a deleted preset back, also as the one for new chats', async () => {
  const { defaultPreset } = await show({ model: HAIKU });
  await user.click(await button('Presets'));
  await button(/^Pirate/);
  await choose('Begin new chats with it');
  expect(defaultPreset.get()).toBe('p1');

  await choose('Delete');
  await screen.findByText('There are none yet.');
  expect(defaultPreset.get()).toBeNull();
  await user.click(await button('Undo'));

  await button(/^Pirate/);
  expect(defaultPreset.get()).toBe('p3');
});

it('resets everything but the model, and takes that back', async () => {
  await show({ model: HAIKU, promptPrefix: 'Be kind.', model_parameters: { temperature: 1 } });
  await user.click(await button('Reset all'));

  expect(current).toEqual({
    model: HAIKU,
    promptPrefix: null,
    model_parameters: {},
    spending_limit: null,
  });
  expect(screen.queryByRole('button', { name: 'Reset all' })).toBeNull();
  await user.click(await button('Undo'));

  expect(current).toMatchObject({
    promptPrefix: 'Be kind.',
    model_parameters: { temperature: 1 },
  });
});

it('leaves to an agent what is the agent’s, and never lifts its limits', async () => {
  await show({ agent_id: 'agent_1', model: null });

  expect((await screen.findByRole('link', { name: 'Edit the agent' })).getAttribute('href')).toBe(
    '/agents/agent_1',
  );
  expect(screen.queryByRole('button', { name: /^(Presets|Parameters|System)/ })).toBeNull();
  const limit = screen.getByRole('textbox', { name: 'An answer may cost' });
  expect(limit.getAttribute('placeholder')).toBe('the agent’s');
  await user.type(limit, '0.2');
  expect(current.spending_limit).toBe(0.2);
  await user.clear(limit);

  expect(current.spending_limit).toBeUndefined();
});
