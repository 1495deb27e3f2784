import type { ChatMessage } from '@openrouter-native/protocol';
import { withPdfEngine } from './pdf-engine.ts';

const file = {
  type: 'file',
  file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,' },
};
const withFile: ChatMessage[] = [
  { role: 'user', content: [{ type: 'text', text: 'Read' }, file] },
  { role: 'assistant', content: 'Read.' },
  { role: 'user', content: 'And?' },
];

describe('withPdfEngine', () => {
  it('adds the engine of the server beside the plugins of the request', () => {
    const parameters = { temperature: 0, plugins: [{ id: 'response-healing' }] };

    expect(withPdfEngine(parameters, withFile, 'cloudflare-ai')).toEqual({
      temperature: 0,
      plugins: [
        { id: 'response-healing' },
        { id: 'file-parser', pdf: { engine: 'cloudflare-ai' } },
      ],
    });
    expect(withPdfEngine({}, withFile, 'native')).toEqual({
      plugins: [{ id: 'file-parser', pdf: { engine: 'native' } }],
    });
  });

  it('leaves the choice to the request, and without a setting to OpenRouter', () => {
    const chosen = { plugins: [{ id: 'file-parser', pdf: { engine: 'mistral-ocr' } }] };

    expect(withPdfEngine(chosen, withFile, 'cloudflare-ai')).toBe(chosen);
    expect(withPdfEngine(chosen, withFile, null)).toBe(chosen);
  });

  it('adds nothing where there is no file', () => {
    const parameters = {};
    const picture = { type: 'image_url', image_url: { url: 'data:' } };
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be brief' },
      { role: 'user', content: [picture] },
    ];

    expect(withPdfEngine(parameters, messages, 'native')).toBe(parameters);
  });
});
