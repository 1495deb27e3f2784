import type { Endpoint, Model } from '@openrouter-native/protocol';
import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { createLanguageStore } from '../../i18n/language-store.ts';
import { Providers } from '../../Providers.tsx';
import { createServices } from '../../services.ts';
import type { FormSettings } from '../../settings/summary.ts';
import { aModel, anEndpoint } from '../../settings/testing.ts';
import { startHost, type TestHost } from '../../testing/host.ts';
import { createStorage } from '../../testing/storage.ts';
import { AnswerSettingsForm } from './AnswerSettingsForm.tsx';

const HAIKU = 'anthropic/claude-haiku-4.5';
const haiku = aModel({
  id: HAIKU,
  context_length: 200_000,
  supported_parameters: [
    'temperature',
    'max_tokens',
    'stop',
    'tools',
    'reasoning',
    'response_format',
    'structured_outputs',
  ],
  default_parameters: { temperature: 0.6 },
  reasoning: { mandatory: false },
  top_provider: { max_completion_tokens: 64_000 },
});
const plain = aModel({
  id: 'meta/plain',
  name: 'Meta: Plain',
  context_length: 8192,
  supported_parameters: ['temperature', 'top_k'],
  pricing: { prompt: '0.0000005', completion: '0.000002' },
});
const dear = aModel({ ...haiku, id: 'anthropic/dear', name: 'Anthropic: Dear' });

let host: TestHost;
let current: FormSettings;

afterEach(async () => {
  cleanup();
  await host.close();
});

interface Setup {
  model?: string | null;
  value?: FormSettings;
  models?: readonly Model[];
  endpoints?: readonly Endpoint[];
  /** Chains of the administrator. */
  chains?: Record<string, string[]>;
  usesTools?: boolean;
}

/** Shows the form around a state that it changes, as a page does. */
async function show(setup: Setup = {}) {
  const { model = HAIKU, value = {}, models = [haiku, plain, dear], endpoints = [] } = setup;
  const { chains = {} } = setup;
  host = await startHost({
    'GET /api/openrouter/models': () => ({ body: { data: models } }),
    'GET /api/endpoints': () => ({ body: { openrouter: { fallbacks: chains } } }),
    [`GET /api/openrouter/models/${HAIKU}/endpoints`]: () => ({ body: { data: { endpoints } } }),
    'GET /api/openrouter/models?zdr=true': () => ({ body: { data: [] } }),
  });
  const language = createLanguageStore(createStorage(), ['en']);
  const services = createServices(host.origin, language);
  current = value;
  function Page({ modelId }: { modelId: string | null }) {
    const [settings, setSettings] = useState<FormSettings>(value);
    return (
      <Providers services={services}>
        <AnswerSettingsForm
          model={modelId}
          value={settings}
          onChange={(change) => {
            current = { ...current, ...change };
            setSettings(current);
          }}
          usesTools={setup.usesTools ?? false}
        />
      </Providers>
    );
  }
  const { rerender } = render(<Page modelId={model} />);
  return { switchTo: (id: string) => rerender(<Page modelId={id} />) };
}

const user = userEvent.setup();
const open = (section: string) =>
  user.click(screen.getByRole('button', { name: new RegExp(`^${section}`) }));
const field = (name: string | RegExp) => screen.findByRole('textbox', { name });

/** What each offer of a provider says, in the order in which they stand. */
async function offers(): Promise<string[]> {
  const selects = await screen.findAllByRole('combobox', { name: /^Use of/ });
  return selects.map((select) => select.closest('li')?.textContent ?? '');
}

describe('parameters', () => {
  it('are those that the model takes, with its defaults', async () => {
    await show();
    await open('Parameters');

    expect((await field('Temperature')).getAttribute('placeholder')).toBe('default 0.6');
    expect(screen.queryByRole('textbox', { name: 'Top P' })).toBeNull();
    expect(screen.getByText(/at most 64,000/)).toBeTruthy();
  });

  it('are sent once they are set, and no longer once they are reset', async () => {
    await show();
    await open('Parameters');
    const temperature = await field('Temperature');

    await user.type(temperature, '0,3');
    expect(current.model_parameters).toEqual({ temperature: 0.3 });
    await user.click(screen.getByRole('button', { name: 'Reset: Temperature' }));

    expect(current.model_parameters).toEqual({});
    expect(document.activeElement).toBe(temperature);
  });

  it('go up and down with the arrow keys, from the default on', async () => {
    await show();
    await open('Parameters');
    await user.click(await field('Temperature'));
    await user.keyboard('{ArrowUp}');
    expect(current.model_parameters).toEqual({ temperature: 0.6 });

    await user.keyboard('{ArrowDown}{ArrowDown}');

    expect(current.model_parameters).toEqual({ temperature: 0.4 });
  });

  it('that are not valid stay in their field and say why, while the last valid one holds', async () => {
    await show();
    await open('Parameters');
    const temperature = await field('Temperature');
    await user.type(temperature, '2');
    await user.type(temperature, '5');
    expect(temperature.getAttribute('aria-invalid')).toBe('false'); // Still typing.

    await user.tab();

    expect(temperature).toHaveProperty('value', '25');
    expect(temperature.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/from 0 to 2.*holds until then/)).toBeTruthy();
    expect(current.model_parameters).toEqual({ temperature: 2 });
  });

  it('keep what was typed when their part is folded and unfolded', async () => {
    await show();
    await open('Parameters');
    await user.type(await field('Temperature'), '9');
    await open('Parameters');
    await open('Parameters');

    expect(await field('Temperature')).toHaveProperty('value', '9');
  });

  it('that another model does not know stay, and can be taken out', async () => {
    const { switchTo } = await show({ value: { model_parameters: { stop: ['END'] } } });
    await open('Parameters');
    await field('Temperature');
    expect(screen.queryByText('Not used by this model')).toBeNull();

    switchTo('meta/plain');
    await screen.findByText('Not used by this model');
    expect(current.model_parameters).toEqual({ stop: ['END'] });
    await user.click(screen.getByRole('button', { name: 'Remove Stop at' }));

    expect(current.model_parameters).toEqual({});
  });

  it('are all shown for a model that the catalogue does not have, which says so', async () => {
    await show({ model: 'somebody/new' });
    await open('Parameters');

    await screen.findByText(/catalogue does not have this model/);
    expect(await field('Top P')).toBeTruthy();
  });

  it('that another model limits more are told to be too big', async () => {
    const short = aModel({
      ...haiku,
      id: 'x/short',
      top_provider: { max_completion_tokens: 4096 },
    });
    const { switchTo } = await show({
      models: [haiku, short],
      value: { model_parameters: { max_tokens: 9000 } },
    });
    await open('Parameters');
    expect((await field('Longest answer')).getAttribute('aria-invalid')).toBe('false');

    switchTo('x/short');

    await screen.findByText('Please write a number from 1 to 4096.');
  });

  it('wait for a model to be chosen', async () => {
    await show({ model: null });
    await open('Parameters');

    expect(screen.getByText(/Choose a model first/)).toBeTruthy();
  });

  it('stop at texts, with line breaks and as many as there can be', async () => {
    await show({ value: { model_parameters: { stop: ['a', 'b', 'c'] } } });
    await open('Parameters');
    const stop = await field('Stop at');

    await user.type(stop, 'END\\n{Enter}');
    expect(current.model_parameters).toEqual({ stop: ['a', 'b', 'c', 'END\n'] });
    await user.type(stop, 'e{Enter}');
    expect(screen.getByText('No more than 4 are possible.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove END\\n' }));

    expect(current.model_parameters).toEqual({ stop: ['a', 'b', 'c'] });
  });

  it('have the answer keep to a schema, which is valid at any time', async () => {
    await show();
    await open('Parameters');
    await field('Temperature');
    await user.click(screen.getByRole('radio', { name: 'JSON by a schema' }));
    const schema = await field('JSON schema');
    const first = current.model_parameters;

    await user.clear(schema);
    await user.click(schema);
    await user.paste('{"type": "object",');
    await user.tab();
    expect(screen.getByText(/no valid JSON; see line 1/)).toBeTruthy();
    expect(current.model_parameters).toEqual(first);
    await user.type(schema, ' "title": "x"}');

    expect(current.model_parameters).toMatchObject({
      response_format: { json_schema: { name: 'answer', schema: { type: 'object', title: 'x' } } },
    });
  });

  it('without a field are written as JSON, except those that are decided elsewhere', async () => {
    await show({ value: { model_parameters: { temperature: 1 } } });
    await open('Parameters');
    await field('Temperature');
    await user.click(screen.getByRole('button', { name: 'Fine-tuning' }));
    const further = await field('Further parameters as JSON');

    await user.click(further);
    await user.paste('{"messages": []}');
    await user.tab();
    expect(screen.getByText(/messages cannot be set here/)).toBeTruthy();
    expect(current.model_parameters).toEqual({ temperature: 1 });
    await user.clear(further);
    await user.paste('{"reasoning": {}, "logprobs": true}');

    expect(current.model_parameters).toMatchObject({ temperature: 1, logprobs: true });
    expect(further).toHaveProperty('value', '{"reasoning": {}, "logprobs": true}');
  });
});

describe('reasoning', () => {
  it('offers what the model knows, and a budget that leaves room for the answer', async () => {
    await show({ value: { model_parameters: { max_tokens: 2000 } } });
    await open('Reasoning');
    await screen.findByRole('radio', { name: 'Default' });
    expect(screen.getAllByRole('radio').map((radio) => radio.getAttribute('value'))).toEqual([
      'default',
      'off',
      'on',
      'budget',
    ]);

    await user.click(screen.getByRole('radio', { name: 'Budget' }));

    expect(current.model_parameters).toEqual({
      max_tokens: 2000,
      reasoning: { max_tokens: 4096 },
    });
    expect(screen.getByText(/longest answer is 2,000 tokens/)).toBeTruthy();
    await user.clear(await field('Tokens for thoughts'));
    await user.type(await field('Tokens for thoughts'), '1500');

    expect(current.model_parameters).toMatchObject({ reasoning: { max_tokens: 1500 } });
  });

  it('says what becomes of an effort that the model does not offer', async () => {
    await show({ value: { model_parameters: { reasoning: { effort: 'high' } } } });
    await open('Reasoning');

    await screen.findByText(/“High” is set, which this model does not offer/);
  });
});

it('searches the web, on these domains only', async () => {
  await show();
  await open('Web search');
  await user.click(await screen.findByRole('checkbox', { name: 'Search the web' }));
  await user.click(screen.getByRole('radio', { name: 'Only on' }));
  await user.type(await field('Domain'), 'https://Example.org/a{Enter}nonsense{Enter}');

  expect(current.model_parameters).toEqual({
    tools: [{ type: 'openrouter:web_search', parameters: { allowed_domains: ['example.org'] } }],
  });
  expect(screen.getByText(/This is no domain/)).toBeTruthy();
});

describe('fallbacks', () => {
  const chain = { model_parameters: { models: ['anthropic/dear', 'meta/plain'] } };

  it('show price and what is missing beside the chosen model', async () => {
    await show({ value: chain });
    await open('Fallbacks');
    const list = await screen.findByRole('list', { name: 'Fallbacks' });
    const rows = within(list).getAllByRole('listitem');

    expect(rows[0]?.textContent).toContain('in $1.00 · out $5.00');
    expect(rows[1]?.textContent).toMatch(/in \$0\.50 \(0\.5×\).*cheaper/);
    expect(rows[1]?.textContent).toContain('Lacks tools and reasoning');
    expect(rows[1]?.textContent).toContain('Smaller context: 8K tokens');
  });

  it('are put into another order with the keyboard, which is told, and the focus stays', async () => {
    await show({ value: chain });
    await open('Fallbacks');
    const down = await screen.findByRole('button', { name: 'Move Dear down' });
    down.focus();

    await user.keyboard('{Enter}');

    expect(current.model_parameters).toEqual({ models: ['meta/plain', 'anthropic/dear'] });
    expect(screen.getByText('Dear is now number 3 of 3.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move Dear down' }));
    await user.keyboard('{Enter}'); // The last one stays where it is.
    expect(current.model_parameters).toEqual({ models: ['meta/plain', 'anthropic/dear'] });
  });

  it('are taken out, and the focus goes on to what is left', async () => {
    await show({ value: chain });
    await open('Fallbacks');

    await user.click(await screen.findByRole('button', { name: 'Remove Dear' }));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove Plain' }));
    await user.keyboard('{Enter}');

    expect(current.model_parameters).toEqual({});
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add a model' }));
  });

  it('go on with a chain of the administrator, whose models are told', async () => {
    await show({ chains: { code: ['meta/plain', 'other/gone'] } });
    await open('Fallbacks');
    const select = await screen.findByRole('combobox', { name: 'And after these' });
    await screen.findByText('There are none at present.');

    await user.selectOptions(select, 'The administrator’s “code”');

    expect(current.model_parameters).toEqual({ fallbacks: 'code' });
    expect(screen.getByText('Plain and other/gone')).toBeTruthy();
  });

  it('say that a chain is gone which a question would be refused for', async () => {
    await show({ value: { model_parameters: { fallbacks: 'old' } }, chains: { code: ['meta/plain'] } }); // prettier-ignore
    await open('Fallbacks');

    await screen.findByText(/no longer offers these fallbacks/);
    const select = await screen.findByRole('combobox', { name: 'And after these' });
    expect((select as HTMLSelectElement).value).toBe('old');
  });

  it('do without those of the administrator where that is wanted', async () => {
    await show();
    await open('Fallbacks');
    await user.selectOptions(
      await screen.findByRole('combobox', { name: 'And after these' }),
      'Nothing more',
    );

    expect(current.model_parameters).toEqual({ fallbacks: 'none' });
    expect(screen.queryByRole('checkbox', { name: /cost more/ })).toBeNull();
  });
});

describe('providers', () => {
  const endpoints = [
    anEndpoint('anthropic', { provider_name: 'Anthropic' }),
    anEndpoint('google-vertex', {
      provider_name: 'Google',
      pricing: { prompt: '0.000002', completion: '0.00001' },
    }),
  ];
  it('shows live who remains, and why the others do not', async () => {
    await show({ endpoints });
    await open('Providers');
    await screen.findByText(/All 2 offers remain/);

    await user.type(await field('Input at most'), '1.5');

    expect(await offers()).toEqual([
      expect.stringContaining('Anthropic'),
      expect.stringContaining('input too dear'),
    ]);
    await screen.findByText(/1 of 2 offers remain/);
    expect(current.model_parameters).toEqual({ provider: { max_price: { prompt: 1.5 } } });
  });

  it('warns when nobody remains', async () => {
    await show({ endpoints });
    await open('Providers');
    for (const provider of ['Anthropic', 'Google']) {
      await user.selectOptions(
        await screen.findByRole('combobox', { name: `Use of ${provider}` }),
        'Never',
      );
    }

    await screen.findByText(/No offer remains: every request would fail/);
    expect(current.model_parameters).toEqual({
      provider: { ignore: ['anthropic', 'google-vertex'] },
    });
  });

  it('puts those that come first into an order of their own', async () => {
    await show({ endpoints });
    await open('Providers');
    for (const provider of ['Anthropic', 'Google']) {
      await user.selectOptions(
        await screen.findByRole('combobox', { name: `Use of ${provider}` }),
        'First',
      );
    }
    await user.click(screen.getByRole('button', { name: 'Move Google up' }));

    expect(current.model_parameters).toEqual({
      provider: { order: ['google-vertex', 'anthropic'] },
    });
    expect((await offers())[0]).toContain('Google');
  });

  it('warns when no provider serves the model without keeping data', async () => {
    await show({ endpoints });
    await open('Providers');
    await user.click(await screen.findByRole('checkbox', { name: /keep nothing/ }));

    await screen.findByText(/No provider serves this model without keeping data/);
  });

  it('names a provider that does not serve this model', async () => {
    await show({ endpoints, value: { model_parameters: { provider: { only: ['groq'] } } } });
    await open('Providers');
    await screen.findByText(/Does not serve this model/);

    await user.click(screen.getByRole('button', { name: 'Remove groq' }));

    expect(current.model_parameters).toEqual({});
  });

  it('leaves out who cannot use tools, where tools are sent along', async () => {
    const tools = [anEndpoint('anthropic', { supported_parameters: ['temperature'] })];
    await show({ endpoints: tools, usesTools: true });
    await open('Providers');

    await screen.findByText('cannot use tools');
  });
});

describe('limits', () => {
  it('keep an answer within an amount', async () => {
    await show();
    await open('Limits');
    await user.type(await field('An answer may cost'), '0.05');

    expect(current.spending_limit).toBe(0.05);
    await user.clear(await field('An answer may cost'));
    expect(current.spending_limit).toBeNull();
  });

  it('count calls of the model where tools are used, and only there', async () => {
    await show({ usesTools: true });
    await open('Limits');
    await user.type(await field('Times the model is asked'), '5');
    expect(current.recursion_limit).toBe(5);
    cleanup();
    await host.close();

    await show();
    await open('Limits');

    expect(screen.queryByRole('textbox', { name: 'Times the model is asked' })).toBeNull();
  });
});

it('marks the parts in which something differs from the defaults', async () => {
  await show({
    value: { promptPrefix: 'Be kind.', model_parameters: { temperature: 1, stop: ['x'] } },
  });

  expect(screen.getByRole('button', { name: /^System message.*1 changed/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Parameters.*2 changed/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Limits' })).toBeTruthy();
});
