import { aPng } from '@openrouter-native/api/files/testing/samples';
import {
  fileConfigSchema,
  mergeFileConfig,
  type DeleteFilesBody,
  type DeleteFilesResponse,
  type TFile,
  type TFileUpload,
} from 'librechat-data-provider';
import request from 'supertest';
import { createTestApp, type TestApp } from '../support/test-app.ts';

/** What LibreChat's own client sends and reads when it deals with files, under its types. */
describe('files, handled by a LibreChat client', () => {
  let host: TestApp;
  let token: string;
  beforeAll(async () => {
    host = await createTestApp();
    ({ token } = await host.signUp());
  });

  /** The form as its page makes it: the name is percent-encoded, and the fields follow the file. */
  async function upload(path: string): Promise<TFileUpload> {
    const response = await request(host.url)
      .post(path)
      .set('Authorization', `Bearer ${token}`)
      .field('endpoint', 'openrouter')
      .attach('file', aPng(), { filename: encodeURIComponent('Mein Bild.png') })
      .field('file_id', 'b2b0c9a0-temporary')
      .field('width', '2')
      .field('height', '1')
      .field('message_file', 'true');
    expect(response.status).toBe(200);
    return response.body as TFileUpload;
  }

  it.each(['/api/files', '/api/files/images'])('uploads to %s', async (path) => {
    const file = await upload(path);

    const read: Required<
      Pick<
        TFileUpload,
        | 'file_id'
        | 'temp_file_id'
        | 'user'
        | 'object'
        | 'filename'
        | 'filepath'
        | 'type'
        | 'bytes'
        | 'embedded'
        | 'usage'
        | 'context'
        | 'source'
        | 'width'
        | 'height'
        | 'createdAt'
        | 'updatedAt'
      >
    > = file as Required<TFileUpload>;
    expect(read).toMatchObject({
      temp_file_id: 'b2b0c9a0-temporary',
      object: 'file',
      filename: 'Mein Bild.png',
      type: 'image/png',
      embedded: false,
      usage: 0,
      context: 'message_attachment',
      source: 'local',
      width: 2,
      height: 1,
    });
  });

  it('lists, saves and deletes', async () => {
    const { file_id: id, filepath, user } = await upload('/api/files');
    const get = (path: string) =>
      request(host.url).get(path).set('Authorization', `Bearer ${token}`);

    const files = (await get('/api/files')).body as TFile[];
    expect(files.find((file) => file.file_id === id)).toMatchObject({ filepath });
    const saved = await get(`/api/files/download/${user}/${id}`);
    expect(saved.body).toEqual(aPng());

    const body = { files: [{ file_id: id, filepath, embedded: false, source: 'local' }] };
    const response = await request(host.url)
      .delete('/api/files')
      .set('Authorization', `Bearer ${token}`)
      .send(body as DeleteFilesBody);
    const answer = response.body as DeleteFilesResponse;
    expect(answer.deletedFileIds).toEqual([id]);
  });

  it.each(['default', 'agents'])('knows the limits of %s before it sends', async (endpoint) => {
    const response = await request(host.url)
      .get('/api/files/config')
      .set('Authorization', `Bearer ${token}`);

    const config = mergeFileConfig(fileConfigSchema.parse(response.body));
    const { fileLimit, fileSizeLimit, supportedMimeTypes } = config.endpoints[endpoint] ?? {};
    expect(fileLimit).toBe(10);
    expect(fileSizeLimit).toBe(25 * 1024 * 1024);
    expect(config.serverFileSizeLimit).toBe(25 * 1024 * 1024);
    const isSupported = (type: string) => config.checkType?.(type, supportedMimeTypes ?? []);
    for (const type of [
      'image/png',
      'application/pdf',
      'audio/mpeg',
      'text/csv',
      'application/json',
      'image/svg+xml',
    ]) {
      expect([type, isSupported(type)]).toEqual([type, true]);
    }
    for (const type of ['application/zip', 'video/mp4', 'image/tiff']) {
      expect([type, isSupported(type)]).toEqual([type, false]);
    }
  });
});
