import type { ChatMessage } from '@openrouter-native/protocol';

/** Who reads the pages of a PDF before the model gets them. */
export type PdfEngine = 'native' | 'mistral-ocr' | 'cloudflare-ai';

/**
 * The parameters of a request with the server's choice of a PDF engine, where there is a file to be
 * read and the request makes no choice of its own:
 * `plugins: [{ "id": "file-parser", "pdf": { "engine": … } }]`.
 *
 * @param engine - `null` leaves the choice to OpenRouter: native where the model can, else `mistral-ocr`.
 * @see https://openrouter.ai/docs/features/multimodal/pdfs
 */
export function withPdfEngine<Parameters extends { plugins?: unknown }>(
  parameters: Parameters,
  messages: readonly ChatMessage[],
  engine: PdfEngine | null,
): Parameters {
  if (engine === null || !messages.some(hasFile)) return parameters;
  const plugins: unknown[] = Array.isArray(parameters.plugins) ? parameters.plugins : [];
  if (plugins.some(isFileParser)) return parameters;
  return { ...parameters, plugins: [...plugins, { id: 'file-parser', pdf: { engine } }] };
}

function hasFile({ content }: ChatMessage): boolean {
  return Array.isArray(content) && content.some(({ type }) => type === 'file');
}

function isFileParser(plugin: unknown): boolean {
  return (
    typeof plugin === 'object' && plugin !== null && 'id' in plugin && plugin.id === 'file-parser'
  );
}
