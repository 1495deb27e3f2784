import { withPdfEngine } from './pdf-engine.ts';

describe('withPdfEngine', () => {
  it('adds the engine of the server beside the plugins of the request', () => {
    const parameters = { temperature: 0, plugins: [{ id: 'response-healing' }] };

    expect(withPdfEngine(parameters, 'cloudflare-ai')).toEqual({
      temperature: 0,
      plugins: [
        { id: 'response-healing' },
        { id: 'file-parser', pdf: { engine: 'cloudflare-ai' } },
      ],
    });
    expect(withPdfEngine({}, 'native')).toEqual({
      plugins: [{ id: 'file-parser', pdf: { engine: 'native' } }],
    });
  });

  it('leaves the choice to the request, and without a setting to OpenRouter', () => {
    const chosen = { plugins: [{ id: 'file-parser', pdf: { engine: 'mistral-ocr' } }] };

    expect(withPdfEngine(chosen, 'cloudflare-ai')).toBe(chosen);
    expect(withPdfEngine(chosen, null)).toBe(chosen);
  });
});
