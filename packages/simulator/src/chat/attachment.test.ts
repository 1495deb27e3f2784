import { inflateSync } from 'node:zlib';
import { startSimulator, type Simulator } from '../index.ts';
import { chat, user } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const PICTURE = `data:image/png;base64,${Buffer.alloc(2048).toString('base64')}`;
const file = (filename: string, type: string, content: string) => ({
  type: 'file',
  file: { filename, file_data: `data:${type};base64,${Buffer.from(content).toString('base64')}` },
});

describe('pictures and files', () => {
  it('are received, and named by type and size', async () => {
    const { text, body } = await chat(simulator, {
      messages: [
        user([
          { type: 'text', text: 'What is in this picture?' },
          { type: 'image_url', image_url: { url: PICTURE } },
          { type: 'image_url', image_url: { url: 'https://pictures.example/cat.jpg' } },
        ]),
      ],
    });

    expect(text).toMatch(/image\/png, 2\.0 kB/);
    expect(text).toMatch(/pictures\.example/);
    expect(body.usage?.prompt_tokens).toBeGreaterThan(500);
  });

  it('may be sounds and films, for models that take them', async () => {
    const { text } = await chat(simulator, {
      model: 'google/gemini-3.1-pro-preview',
      messages: [
        user([
          { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
          { type: 'video_url', video_url: { url: 'https://films.example/a.mp4' } },
        ]),
      ],
    });

    expect(text).toMatch(/a recording \(audio\/wav, 3 bytes\) and a film \(at films\.example\)/);
  });

  it('may be files: text is read, a PDF comes back as an annotation', async () => {
    const { text, message } = await chat(simulator, {
      model: 'deepseek/deepseek-v4-flash-0731',
      messages: [
        user([
          file('notes.txt', 'text/plain', 'Buy milk'),
          file('a.pdf', 'application/pdf', '%PDF'),
        ]),
      ],
    });

    expect(text).toMatch(/notes\.txt \(text\/plain, 8 bytes, which begins “Buy milk”\)/);
    expect(message['annotations']).toMatchObject([
      { type: 'file', file: { name: 'a.pdf', hash: expect.any(String) } },
    ]);
  });

  it('are drawn by models that can, as a real PNG in the shape that is asked for', async () => {
    const { message, text } = await chat(simulator, {
      model: 'google/gemini-2.5-flash-image',
      modalities: ['image', 'text'],
      image_config: { aspect_ratio: '16:9' },
      messages: [user('A quiet harbour')],
    });

    const url = message.images?.[0]?.image_url.url ?? '';
    const png = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const dataLength = png.readUInt32BE(33);
    const pixels = inflateSync(png.subarray(41, 41 + dataLength));
    expect(text).toMatch(/quiet harbour/i);
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect(width / height).toBeCloseTo(16 / 9, 1);
    expect(pixels).toHaveLength(height * (1 + width * 3));
  });

  it('are drawn when words ask for one, and not by models that cannot', async () => {
    const messages = [user('Draw a picture of a cat')];

    const artist = await chat(simulator, { model: 'google/gemini-2.5-flash-image', messages });
    const writer = await chat(simulator, { messages });

    expect(artist.message.images).toHaveLength(1);
    expect(writer.message).not.toHaveProperty('images');
  });
});
