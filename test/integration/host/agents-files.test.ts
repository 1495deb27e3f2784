import { aPng } from '@openrouter-native/api/files/testing/samples';
import { agentSchema, errorBodySchema, type Agent } from '@openrouter-native/protocol';
import request from 'supertest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const anAgent = { provider: 'openrouter', model: 'openai/gpt-5-mini' };

describe('the files of agents', () => {
  let host: TestApp;
  let token: string;
  beforeAll(async () => {
    host = await createTestApp();
    ({ token } = await host.signUp());
  });

  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
    request(host.url)[method](path).set('Authorization', `Bearer ${token}`);

  async function upload(): Promise<string> {
    const response = await call('post', '/api/files')
      .field('agent_id', 'agent_of_tomorrow')
      .attach('file', aPng(), { filename: 'picture.png' });
    expect(response.status).toBe(200);
    return response.body.file_id;
  }
  async function create(fileIds: string[]): Promise<Agent> {
    const response = await call('post', '/api/agents').send({ ...anAgent, file_ids: fileIds });
    expect(response.status).toBe(201);
    return agentSchema.parse(response.body);
  }
  /** Whoever uploads today may save the agent tomorrow; then the file is taken for unused. */
  async function aWeekPasses(): Promise<void> {
    await host.database.queries.execute(
      `update files set created_at = created_at - interval '7 days'`,
    );
  }
  const isThere = async (fileId: string) => (await call('get', `/api/files/${fileId}`)).status === 200; // prettier-ignore

  it('go with the last agent that has them in any of its versions', async () => {
    const [shared, own, earlier, waiting] = [await upload(), await upload(), await upload(), await upload()]; // prettier-ignore
    const first = await create([shared, own, earlier]);
    const second = await create([shared]);
    await call('patch', `/api/agents/${first.id}`).send({ file_ids: [shared, own] });
    await aWeekPasses();
    const fresh = await upload();

    await call('delete', `/api/agents/${second.id}`).expect(200);
    expect(await Promise.all([shared, own, earlier].map(isThere))).toEqual([true, true, true]);
    expect(await isThere(waiting)).toBe(false);

    await call('delete', `/api/agents/${first.id}`).expect(200);
    expect(await Promise.all([shared, own, earlier].map(isThere))).toEqual([false, false, false]);
    expect(await isThere(fresh)).toBe(true);
  });

  it('are a problem when they are gone, until they are taken out', async () => {
    const fileId = await upload();
    const agent = await create([fileId]);
    expect(agent.problem).toBeNull();

    await call('delete', '/api/files').send({ files: [{ file_id: fileId }] });

    const { body: read } = await call('get', `/api/agents/${agent.id}`);
    const { body: list } = await call('get', '/api/agents');
    expect(read.problem).toEqual({
      message: `There is no file ${fileId}.`,
      action: 'Take it out of the files of the agent.',
      suggestions: [],
    });
    expect(list.data).toContainEqual(read);
    const path = `/api/agents/${agent.id}`;
    const kept = await call('patch', path).send({ file_ids: [fileId], name: 'Still mine' });
    expect(kept.status).toBe(200);
    const other = await call('patch', path).send({ file_ids: [fileId, await upload()] });
    expect(errorBodySchema.parse(other.body).error.message).toBe(`file_ids: There is no file ${fileId}.`); // prettier-ignore
    const mended = await call('patch', path).send({ file_ids: [] });
    expect(mended.body.problem).toBeNull();
  });
});
