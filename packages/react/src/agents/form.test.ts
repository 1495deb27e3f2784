import { createErrorBody, type Agent } from '@openrouter-native/protocol';
import { anAgent } from '../testing/agents.ts';
import { createSignal } from '../testing/async.ts';
import { json, startHost, type Answer, type TestHost } from '../testing/host.ts';
import { createAgentsApi } from './api.ts';
import { emptyDraft } from './draft.ts';
import { createAgentForm } from './form.ts';

let host: TestHost;

afterEach(() => host.close());

async function open(agent: Agent | null, answers: Record<string, Answer>) {
  host = await startHost(answers);
  const saved: Agent[] = [];
  const form = createAgentForm({
    api: createAgentsApi({ baseUrl: host.baseUrl }),
    agent,
    initial: emptyDraft('openrouter', null),
    onSaved: (each) => saved.push(each),
  });
  return { form, saved };
}

it('creates an agent once it has a model, and has nothing to save then', async () => {
  const { form, saved } = await open(null, { 'POST /agents': json(201, anAgent()) });
  form.change({ name: 'Sales', instructions: 'Always sell.' });

  expect(await form.save()).toBeNull();
  expect(form.getSnapshot().problems).toEqual({ model: 'missing' });
  form.change({ model: 'a/b' });
  expect(form.getSnapshot().problems).toEqual({});
  expect(await form.save()).toMatchObject({ id: 'agent_1' });

  expect(form.getSnapshot()).toMatchObject({ saved: { id: 'agent_1' }, changed: [] });
  expect(saved).toHaveLength(1);
  expect(host.requests).toHaveLength(1);
  expect(host.requests[0]?.body).toMatchObject({ name: 'Sales', model: 'a/b', description: null });
});

it('sends what differs and nothing else, and nothing when nothing does', async () => {
  const { form } = await open(anAgent(), {
    'PATCH /agents/agent_1': json(200, anAgent({ description: 'Sells', version: 2 })),
  });

  form.change({ description: 'Sells' });
  expect(form.getSnapshot().changed).toEqual(['description']);
  await form.save();
  await form.save();

  expect(host.requests.map(({ body }) => body)).toEqual([{ description: 'Sells' }]);
  expect(form.getSnapshot().saved?.version).toBe(2);
});

it('keeps what is written while it is being saved, as not saved yet', async () => {
  const { raise, raised } = createSignal();
  const { form } = await open(anAgent(), {
    'PATCH /agents/agent_1': async (response, request) => {
      await raised;
      await json(200, anAgent({ name: 'One', version: 2 }))(response, request);
    },
  });
  form.change({ name: 'One' });

  const saving = form.save();
  expect(form.getSnapshot().isSaving).toBe(true);
  form.change({ name: 'One and two' });
  expect(form.save()).toBe(saving);
  raise();
  await saving;

  expect(form.getSnapshot()).toMatchObject({
    isSaving: false,
    draft: { name: 'One and two' },
    changed: ['name'],
    saved: { name: 'One' },
  });
});

it('puts a refusal beside the field it names, and loses nothing', async () => {
  const refusal = createErrorBody('invalid_request', 'tools: this server has no tool "abacus".', {
    metadata: { fields: ['tools'] },
  });
  const { form } = await open(anAgent(), { 'PATCH /agents/agent_1': json(400, refusal) });
  form.change({ tools: ['abacus'], name: 'Counting' });

  expect(await form.save()).toBeNull();

  expect(form.getSnapshot()).toMatchObject({
    draft: { tools: ['abacus'], name: 'Counting' },
    changed: ['name', 'tools'],
    refused: { tools: 'this server has no tool "abacus".' },
    failure: { reason: 'invalid_request' },
  });
  form.change({ tools: [] });
  expect(form.getSnapshot()).toMatchObject({ refused: {}, failure: null });
});

it('tells several refused fields apart, and a parameter by its name', async () => {
  const message = 'conversation_starters.1: Too big; model_parameters.temperature: too hot';
  const fields = ['conversation_starters.1', 'model_parameters.temperature'];
  const refusal = createErrorBody('invalid_request', message, { metadata: { fields } });
  const { form } = await open(anAgent(), { 'PATCH /agents/agent_1': json(400, refusal) });
  form.change({ name: 'Other' });

  await form.save();

  expect(form.getSnapshot().refused).toEqual({
    conversation_starters: 'conversation_starters.1: Too big',
    model_parameters: 'model_parameters.temperature: too hot',
  });
});

it('stays as it was written when the server cannot be reached', async () => {
  const { form } = await open(anAgent(), {});
  form.change({ name: 'Other' });
  await host.close();

  expect(await form.save()).toBeNull();

  const { draft, failure, isSaving } = form.getSnapshot();
  expect(draft.name).toBe('Other');
  expect(failure?.reason).toBe('server_unreachable');
  expect(isSaving).toBe(false);
  host = await startHost({});
});

it('goes back to what is saved, and takes over what was changed elsewhere', async () => {
  const { form } = await open(anAgent(), {});
  form.change({ name: 'Mine' });

  form.take(anAgent({ name: 'Theirs', description: 'Theirs', version: 2 }));

  expect(form.getSnapshot()).toMatchObject({
    draft: { name: 'Mine', description: 'Theirs' },
    changed: ['name'],
  });
  form.discard();
  expect(form.getSnapshot()).toMatchObject({ draft: { name: 'Theirs' }, changed: [] });
});
