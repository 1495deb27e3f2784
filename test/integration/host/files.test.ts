import { request as requestHttp, type ClientRequest } from 'node:http';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  aFlac,
  aGif,
  aJpeg,
  anAac,
  anAiff,
  anM4a,
  anMp3,
  anOgg,
  aPdf,
  aPng,
  aWav,
  aWebp,
} from '@openrouter-native/api/files/testing/samples';
import {
  deletedFilesSchema,
  errorBodySchema,
  fileConfigSchema,
  fileListSchema,
  uploadedFileSchema,
  type ErrorBody,
  type UploadedFile,
} from '@openrouter-native/protocol';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(60_000); // Many disks and databases are slower than this one.

const MB = 1024 * 1024;
const PATIENCE_MS = 20_000;
const SOMEBODY = '00000000-0000-4000-8000-000000000000';

interface Part {
  name?: string;
  /** Written as it is; absent = a text field. */
  filename?: string;
  type?: string;
  value: string | Uint8Array;
}

const BOUNDARY = 'a-boundary-that-is-in-no-file';

/** A form, byte by byte, so that a test can say what no browser would. */
function aForm(...parts: Part[]): Buffer {
  const pieces = parts.flatMap(({ name = 'file', filename, type, value }) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`,
    filename === undefined ? '' : `; filename="${filename}"`,
    type === undefined ? '' : `\r\nContent-Type: ${type}`,
    '\r\n\r\n',
    value,
    '\r\n',
  ]);
  return Buffer.concat([...pieces, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece)));
}

onEachDatabase((database) => {
  let host: TestApp;
  let ada: { token: string; userId: string };
  let eve: { token: string; userId: string };

  beforeAll(async () => {
    host = await createTestApp({ database, environment: { FILE_SIZE_LIMIT_MB: '3' } });
    ada = await host.signUp('ada@example.com');
    eve = await host.signUp('eve@example.com');
  });

  const call = (path: string, init: RequestInit = {}, { token } = ada) =>
    fetch(`${host.url}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
    });
  const sendForm = (body: Uint8Array, path = '/api/files', who = ada) =>
    call(
      path,
      {
        method: 'POST',
        headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
        body: Buffer.from(body),
      },
      who,
    );
  async function upload(
    value: string | Uint8Array,
    filename = 'a.bin',
    who = ada,
  ): Promise<UploadedFile> {
    const response = await sendForm(aForm({ filename, value }), '/api/files', who);
    expect(response.status).toBe(200);
    return uploadedFileSchema.parse(await response.json());
  }
  const removal = (ids: string[], who = ada) =>
    call(
      '/api/files',
      {
        method: 'DELETE',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ files: ids.map((id) => ({ file_id: id })) }),
      },
      who,
    );
  const list = async (who = ada) =>
    fileListSchema.parse(await (await call('/api/files', {}, who)).json());
  async function onDisk(): Promise<string[]> {
    const folder = join(host.directory, 'data', 'files');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }
  /** The answer does not wait for what is thrown away. */
  const nothingOnDisk = () => until(async () => (await onDisk()).length === 0, PATIENCE_MS);
  async function empty(): Promise<void> {
    for (const who of [ada, eve]) {
      const ids = (await list(who)).map((file) => file.file_id);
      if (ids.length > 0) await removal(ids, who);
    }
  }
  beforeEach(empty);

  describe('POST /api/files', () => {
    it.each([
      ['a PNG', aPng(7, 5), 'image/png', { width: 7, height: 5 }],
      ['a JPEG', aJpeg(), 'image/jpeg', { width: 3, height: 2 }],
      ['a JPEG that was taken upright', aJpeg(true), 'image/jpeg', { width: 2, height: 3 }],
      ['a GIF', aGif(), 'image/gif', { width: 1, height: 1 }],
      ['a WebP', aWebp(), 'image/webp', { width: 1, height: 1 }],
      ['a PDF', aPdf(), 'application/pdf', {}],
      ['WAV', aWav(), 'audio/wav', {}],
      ['MP3', anMp3(), 'audio/mpeg', {}],
      ['AIFF', anAiff(), 'audio/aiff', {}],
      ['AAC', anAac(), 'audio/aac', {}],
      ['Ogg', anOgg(), 'audio/ogg', {}],
      ['FLAC', aFlac(), 'audio/flac', {}],
      ['M4A', anM4a(), 'audio/mp4', {}],
    ])('takes %s for what it is, whatever it is called', async (_what, bytes, type, pixels) => {
      const file = await upload(bytes, 'notes.txt');

      expect(file).toMatchObject({
        ...pixels,
        object: 'file',
        user: ada.userId,
        filename: 'notes.txt',
        type,
        bytes: bytes.length,
        filepath: `/api/files/${file.file_id}`,
        context: 'message_attachment',
        source: 'local',
        usage: 0,
      });
      expect('width' in file).toBe('width' in pixels);
      const shown = await call(file.filepath);
      expect(shown.status).toBe(200);
      expect(Buffer.from(await shown.arrayBuffer())).toEqual(Buffer.from(bytes));
      expect(shown.headers.get('content-type')).toBe(type);
      expect(shown.headers.get('content-disposition')).toBe('inline; filename=notes.txt');
    });

    it.each([
      ['text', 'hello\n', 'utf-8'],
      ['Markdown', '# Title\n', 'utf-8'],
      ['CSV in UTF-16', Buffer.from('\uFEFFname;größe\r\n', 'utf16le'), 'utf-16le'],
      ['JSON', '{"a":1}', 'utf-8'],
      ['a page', '<!doctype html><script>alert(1)</script>', 'utf-8'],
      [
        'an SVG',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        'utf-8',
      ],
      ['XML', '<?xml version="1.0"?><a/>', 'utf-8'],
      ['a script that begins like a GIF', 'GIF89a/**/=1;alert(1)', 'utf-8'],
      ['a text that begins like MP3', 'ID3 tags are not what this is about.', 'utf-8'],
      ['a text that begins like a bitmap', 'BMW builds cars.', 'utf-8'],
      ['a shell script', '#!/bin/sh\nrm -rf /\n', 'utf-8'],
    ])('takes %s for text, and never lets a browser render it', async (_what, value, charset) => {
      const file = await upload(value, 'picture.png');

      expect(file.type).toBe('text/plain');
      expect(file.width).toBeUndefined();
      const shown = await call(file.filepath);
      expect(shown.headers.get('content-type')).toBe(`text/plain; charset=${charset}`);
      expect(shown.headers.get('content-disposition')).toBe('attachment; filename=picture.png');
      expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
      expect(shown.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(Buffer.from(await shown.arrayBuffer())).toEqual(Buffer.from(value));
    });

    it.each([
      ['an archive', Buffer.from('PK\x03\x04\x14\0\0\0\0\0', 'latin1')],
      ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', 'latin1')],
      ['a film', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1')],
      ['a picture of another type', Buffer.from('II*\0\x08\0\0\0\0\0', 'latin1')],
      ['noise', Buffer.from([0x9f, 0x01, 0x02, 0xff, 0x80])],
      ['text with NUL in it', Buffer.from('a\0b')],
    ])('refuses %s, and says what it takes', async (_what, value) => {
      const error = await failure(sendForm(aForm({ filename: 'a.png', type: 'image/png', value })));

      expect(error).toMatchObject({ code: 415, reason: 'unsupported_media_type' });
      expect(error.action).toMatch(/PNG.*PDF.*MP3.*text/);
      await nothingOnDisk();
    });

    it.each([
      ['nothing in it', Buffer.alloc(0)],
      ['half a picture', aPng().subarray(0, 18)],
      ['a picture without size', aPng(0, 1)],
      ['a picture that is absurdly wide', aPng(50_000, 1)],
      ['a picture of too many pixels', aPng(16_000, 16_000)],
    ])('refuses a file with %s', async (_what, value) => {
      const error = await failure(sendForm(aForm({ filename: 'a.png', value })));

      expect(error).toMatchObject({ code: 400, reason: 'invalid_request' });
      expect(error.action).not.toBe('');
      await nothingOnDisk();
    });

    it('takes pictures at the address of LibreChat for them, and other files as well', async () => {
      const fields = aForm({ filename: 'a.png', value: aPng() }, { name: 'width', value: '2' });

      const response = await sendForm(fields, '/api/files/images');

      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ type: 'image/png', width: 2, height: 1 });
      expect((await sendForm(aForm({ filename: 'a', value: 'x' }), '/api/files/images')).status).toBe(200); // prettier-ignore
    });

    it('repeats what the page calls the file, wherever it stands in the form', async () => {
      const file = { filename: 'a.txt', value: 'x' };
      const id = { name: 'file_id', value: 'temporary-7' };

      const answers = await Promise.all(
        [aForm(file, id), aForm(id, file), aForm(file)].map(async (form) =>
          uploadedFileSchema.parse(await (await sendForm(form)).json()),
        ),
      );

      expect(answers.map((answer) => answer.temp_file_id)).toEqual(['temporary-7', 'temporary-7', undefined]); // prettier-ignore
      expect(new Set(answers.map((answer) => answer.file_id)).size).toBe(3);
    });

    it('knows files of agents from those of questions', async () => {
      const file = { filename: 'a.txt', value: 'x' };
      const agent = { name: 'agent_id', value: 'agent_7' };

      const ofAgent = await sendForm(
        aForm(file, agent, { name: 'tool_resource', value: 'context' }),
      );
      const ofQuestion = await sendForm(
        aForm(file, agent, { name: 'message_file', value: 'true' }),
      );

      expect(await ofAgent.json()).toMatchObject({ context: 'agents' });
      expect(await ofQuestion.json()).toMatchObject({ context: 'message_attachment' });
    });

    it.each([
      ['../../../etc/passwd', 'passwd'],
      ['..%2F..%2Fetc%2Fpasswd', 'passwd'],
      ['C:\\\\Users\\\\ada\\\\plan.txt', 'plan.txt'],
      ['a%00b%0D%0Ac.txt', 'abc.txt'],
      ['%E6%A6%82%E8%A6%81.txt', '概要.txt'],
      ['概要 – überall.txt', '概要 – überall.txt'],
      ['100%.txt', '100%.txt'],
      ['..', 'file'],
      [`${'x'.repeat(400)}.txt`, `${'x'.repeat(251)}.txt`],
    ])('keeps the name %j as the label %j', async (filename, label) => {
      const file = await upload('text', filename);

      expect(file.filename).toBe(label);
      const disposition = (await call(file.filepath)).headers.get('content-disposition') ?? '';
      const isAscii = /^[\x20-\x7e]*$/.test(label);
      if (!isAscii) expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent(label)}`);
      expect(await onDisk()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    });

    it.each([
      ['no file', aForm({ name: 'file_id', value: '1' }), 400],
      ['a file in another field', aForm({ name: 'upload', filename: 'a', value: 'x' }), 400],
      ['two files', aForm({ filename: 'a', value: 'x' }, { filename: 'b', value: 'y' }), 400],
      ['a hundred fields', aForm(...Array.from({ length: 100 }, (_, index) => ({ name: `f${index}`, value: '' }))), 400], // prettier-ignore
      ['a field as long as a book', aForm({ filename: 'a', value: 'x' }, { name: 'f', value: 'x'.repeat(20_000) }), 400], // prettier-ignore
      ['the same field twice', aForm({ filename: 'a', value: 'x' }, { name: 'file_id', value: '1' }, { name: 'file_id', value: '2' }), 400], // prettier-ignore
      ['NUL in a name', aForm({ filename: 'a\0b', value: 'x' }), 400],
      ['no end', aForm({ filename: 'a', value: 'x' }).subarray(0, -20), 400],
      ['nothing', Buffer.alloc(0), 400],
    ])('refuses a form with %s, and keeps nothing of it', async (_what, form, status) => {
      const error = await failure(sendForm(form));

      expect(error).toMatchObject({ code: status, reason: 'invalid_request' });
      expect(error.action).not.toBe('');
      await nothingOnDisk();
      expect(await list()).toEqual([]);
    });

    it.each(['application/json', 'text/plain', 'multipart/mixed; boundary=x'])(
      'refuses %s and asks for a form',
      async (type) => {
        const error = await failure(
          call('/api/files', { method: 'POST', headers: { 'Content-Type': type }, body: '{}' }),
        );

        expect(error).toMatchObject({ code: 415, reason: 'unsupported_media_type' });
        expect(error.action).toMatch(/multipart\/form-data.*"file"/);
      },
    );

    it('refuses a form without a boundary', async () => {
      const error = await failure(
        call('/api/files', {
          method: 'POST',
          headers: { 'Content-Type': 'multipart/form-data' },
          body: 'x',
        }),
      );

      expect(error).toMatchObject({ code: 400, reason: 'invalid_request' });
    });

    it.each([
      ['any file', Buffer.concat([aPdf(), Buffer.alloc(3 * MB)]), '3 MB'],
      ['text', Buffer.alloc(2 * MB + 1, 'x'), '2 MB'],
    ])('refuses %s that is too large', async (_what, value, limit) => {
      const error = await failure(sendForm(aForm({ filename: 'a', value })));

      expect(error).toMatchObject({ code: 413, type: 'payload_too_large', reason: 'payload_too_large' }); // prettier-ignore
      expect(error.message).toContain(limit);
      await nothingOnDisk();
    });

    it('takes files up to the limit', async () => {
      await upload(Buffer.alloc(2 * MB, 'x'));
      await upload(Buffer.concat([aPdf(), Buffer.alloc(3 * MB - aPdf().length)]));

      expect(await list()).toHaveLength(2);
    });

    it('refuses what is too large before it is sent, when its length is told', async () => {
      const response = open({ 'Content-Length': 1024 * MB });
      response.flushHeaders();

      expect(await statusOf(response)).toBe(413);
      response.destroy();
    });

    it('refuses what is too large when its length is not told', async () => {
      const sending = open({ 'Transfer-Encoding': 'chunked' });
      sending.write(aForm({ filename: 'a', value: '' }).subarray(0, -BOUNDARY.length - 8));
      for (let sent = 0; sent < 4; sent += 1) sending.write(Buffer.alloc(MB, 'x'));
      sending.end(`\r\n--${BOUNDARY}--\r\n`);

      expect(await statusOf(sending)).toBe(413);
      await nothingOnDisk();
    });

    it('keeps nothing of an upload that breaks off', async () => {
      const form = aForm({ filename: 'a.txt', value: 'x'.repeat(100_000) });
      const sending = open({ 'Content-Length': form.length });
      sending.write(form.subarray(0, 60_000));
      await until(async () => (await onDisk()).length > 0, PATIENCE_MS);

      sending.destroy();

      await nothingOnDisk();
      expect(await list()).toEqual([]);
    });

    it('keeps nothing when the form breaks off behind its file', async () => {
      const form = aForm({ filename: 'a.txt', value: 'x' }, { name: 'f', value: 'y'.repeat(5000) });
      const sending = open({ 'Content-Length': form.length });
      sending.write(form.subarray(0, -3000));
      await until(async () => (await onDisk()).length > 0, PATIENCE_MS);

      sending.destroy();

      await nothingOnDisk();
      expect(await list()).toEqual([]);
    });

    it('lets one user send only so many files at once, and others theirs', async () => {
      const slow = Array.from({ length: 10 }, () => open({ 'Content-Length': 1000 }));
      for (const sending of slow)
        sending.write(aForm({ filename: 'a', value: 'x' }).subarray(0, 99));
      await until(async () => (await onDisk()).length === 10, PATIENCE_MS);

      const error = await failure(sendForm(aForm({ filename: 'a', value: 'x' })));
      expect(error).toMatchObject({ code: 429, reason: 'too_many_requests', retryable: true });
      await upload('x', 'a', eve);

      for (const sending of slow) sending.destroy();
      await until(
        async () => (await sendForm(aForm({ filename: 'a', value: 'x' }))).status === 200,
        PATIENCE_MS,
      );
    });

    it('keeps the same bytes once, however many send them at once', async () => {
      const value = 'the same for all';

      const stored = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          upload(value, `${index}.txt`, index % 2 ? ada : eve),
        ),
      );

      expect(await onDisk()).toHaveLength(1);
      const [first, ...others] = stored;
      await removal([first?.file_id ?? ''], eve);
      for (const [index, { filepath }] of others.entries()) {
        expect(await (await call(filepath, {}, index % 2 ? eve : ada)).text()).toBe(value);
      }
    });

    it('writes nothing of what it is sent to the log', async () => {
      await upload('the planted-secret-7 of a text', 'planted-name-7.txt');
      await failure(sendForm(aForm({ filename: 'planted-name-7.zip', value: 'PK\x03\x04planted-secret-7\0' }))); // prettier-ignore
      await failure(sendForm(aForm({ name: 'planted-name-7', filename: 'a', value: 'planted-secret-7' }))); // prettier-ignore

      expect(host.logText()).toContain('"path":"/api/files"');
      expect(host.logText()).not.toContain('planted');
    });
  });

  describe('GET /api/files/:fileId', () => {
    it('lets the browser keep the bytes, and asks each time who is there', async () => {
      const { filepath, file_id: id } = await upload(aPng());

      const first = await call(filepath);
      const known = { 'If-None-Match': `"${id}"`, 'Cache-Control': 'max-age=0' };
      const again = await call(filepath, { headers: known });

      expect(first.headers.get('etag')).toBe(`"${id}"`);
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      expect(first.headers.get('last-modified')).toBeNull(); // Would tell when anybody sent the same.
      expect(again.status).toBe(304);
      const ofEve = await call(filepath, { headers: known }, eve);
      expect(ofEve.status).toBe(404);
    });

    it('gives ranges, so that recordings can be wound', async () => {
      const { filepath } = await upload(aWav());

      const part = await call(filepath, { headers: { Range: 'bytes=8-11' } });
      expect(part.status).toBe(206);
      expect(await part.text()).toBe('WAVE');
      expect(part.headers.get('content-range')).toBe(`bytes 8-11/${aWav().length}`);
      const beyond = await failure(call(filepath, { headers: { Range: 'bytes=9999-' } }));

      expect(beyond).toMatchObject({ code: 416, reason: 'invalid_request' });
    });

    it('tells about a file without its bytes', async () => {
      const { filepath } = await upload(aPdf());

      const response = await call(filepath, { method: 'HEAD' });

      expect(response.status).toBe(200);
      expect(response.headers.get('content-length')).toBe(String(aPdf().length));
    });

    it('saves rather than shows at the address of LibreChat for downloads', async () => {
      const { file_id: id } = await upload(aPng(), 'a.png');

      const saved = await call(`/api/files/download/${ada.userId}/${id}`);

      expect(saved.headers.get('content-disposition')).toBe('attachment; filename=a.png');
      expect(Buffer.from(await saved.arrayBuffer())).toEqual(aPng());
    });
  });

  describe('GET /api/files', () => {
    it('lists the newest first', async () => {
      const first = await upload('1', 'first.txt');
      const second = await upload('2', 'second.txt');

      const files = await list();

      expect(files.map((file) => file.filename)).toEqual(['second.txt', 'first.txt']);
      expect(files[1]).toMatchObject({ file_id: first.file_id, bytes: 1, usage: 0 });
      expect(files[0]).toMatchObject({ file_id: second.file_id });
    });
  });

  describe('DELETE /api/files', () => {
    it('deletes files, and says which were not there', async () => {
      const [one, two] = [await upload('1'), await upload('2')];

      const response = await removal([one.file_id.toUpperCase(), SOMEBODY, 'no-id']);

      const answer = deletedFilesSchema.parse(await response.json());
      expect(answer).toMatchObject({
        deletedFileIds: [one.file_id],
        failedFileIds: [SOMEBODY, 'no-id'],
      });
      expect((await call(one.filepath)).status).toBe(404);
      expect(await list()).toMatchObject([{ file_id: two.file_id }]);
      expect(await onDisk()).toHaveLength(1);
    });

    it.each([{}, { files: [] }, { files: ['x'] }, { files: [{ file_id: 7 }] }])(
      'refuses %j',
      async (body) => {
        const error = await failure(
          call('/api/files', {
            method: 'DELETE',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          }),
        );

        expect(error).toMatchObject({ code: 400, reason: 'invalid_request' });
      },
    );
  });

  describe('somebody else', () => {
    it('finds nothing of another user, exactly as if it were not there', async () => {
      const { file_id: id } = await upload(aPng(), 'private.png');
      const attempts = (fileId: string) => [
        call(`/api/files/${fileId}`, {}, eve),
        call(`/api/files/download/${ada.userId}/${fileId}`, {}, eve),
        call(`/api/files/download/${eve.userId}/${fileId}`, {}, eve),
        removal([fileId], eve),
      ];

      for (const [index, attempt] of attempts(id).entries()) {
        const { request_id: _, ...theirs } = await failure(attempt);
        const { request_id: __, ...nobodys } = await failure(attempts(SOMEBODY)[index] as never);
        expect(theirs).toEqual(nobodys);
        expect(theirs).toMatchObject({ code: 404, reason: 'not_found' });
      }
      expect(await list(eve)).toEqual([]);
      expect((await call(`/api/files/${id}`)).status).toBe(200);
    });

    it.each(['no-id', '..%2f..%2fsecrets.json', `${SOMEBODY}0`, '%00', "'; drop table files; --"])(
      'finds nothing at the malformed id %s',
      async (id) => {
        expect(await failure(call(`/api/files/${id}`))).toMatchObject({ code: 404 });
        const download = call(`/api/files/download/${ada.userId}/${id}`);
        expect(await failure(download)).toMatchObject({ code: 404 });
      },
    );

    it('has to sign in', async () => {
      const { filepath } = await upload('x');
      const requests = [
        ['POST', '/api/files'],
        ['POST', '/api/files/images'],
        ['GET', '/api/files'],
        ['DELETE', '/api/files'],
        ['GET', '/api/files/config'],
        ['GET', filepath],
        ['GET', `/api/files/download/${ada.userId}/${SOMEBODY}`],
      ] as const;

      for (const [method, path] of requests) {
        const response = await fetch(`${host.url}${path}`, { method });
        expect([method, path, response.status]).toEqual([method, path, 401]);
      }
    });
  });

  describe('GET /api/files/config', () => {
    it('tells a page what may be sent', async () => {
      const response = await call('/api/files/config');

      const config = fileConfigSchema.parse(await response.json());
      expect(config.serverFileSizeLimit).toBe(3);
      expect(config.endpoints['default']).toMatchObject({ fileLimit: 10, fileSizeLimit: 3 });
    });

    it.each([
      ['PUT', '/api/files', 'GET, POST, DELETE'],
      ['GET', '/api/files/images', 'POST'],
      ['POST', '/api/files/config', 'GET'],
      ['DELETE', `/api/files/${SOMEBODY}`, 'GET'],
    ])('refuses %s %s', async (method, path, allowed) => {
      const response = await call(path, { method });

      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe(allowed);
    });
  });

  /** An upload that is still to be written. */
  function open(headers: Record<string, string | number>): ClientRequest {
    const sending = requestHttp(`${host.url}/api/files`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${ada.token}`,
        'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
        ...headers,
      },
    });
    sending.on('error', () => undefined); // Breaking off is what some tests are about.
    return sending;
  }
});

function statusOf(sending: ClientRequest): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    sending.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sending.once('error', reject);
  });
}

/** What went wrong, when the answer says so as it should. */
async function failure(answer: Promise<Response>): Promise<ErrorBody['error']> {
  const response = await answer;
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const { error } = errorBodySchema.parse(await response.json());
  expect(error.code).toBe(response.status);
  return error;
}
