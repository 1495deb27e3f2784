import type { RequestPart } from './files.ts';
import { acceptedType } from './kinds.ts';
import { decodeText, fenceText } from './text.ts';

/**
 * A file as the model gets it: OpenRouter's content parts take bytes in base64 only, except for
 * text, which every model can read as it is.
 *
 * @param type - The media type the file is stored under.
 * @see https://openrouter.ai/docs/features/multimodal/overview
 */
export function toRequestPart(filename: string, type: string, bytes: Buffer): RequestPart {
  const { kind, audioFormat } = acceptedType(type);
  switch (kind) {
    case 'image':
      return { type: 'image_url', image_url: { url: dataUrl(type, bytes) } };
    case 'pdf':
      return { type: 'file', file: { filename, file_data: dataUrl(type, bytes) } };
    case 'audio':
      return {
        type: 'input_audio',
        input_audio: { data: bytes.toString('base64'), format: audioFormat },
      };
    case 'text':
      return { type: 'text', text: fenceText(filename, decodeText(bytes)) };
    default:
      return kind satisfies never;
  }
}

/** What the model is told in the place of a file that its owner deleted. */
export function goneRequestPart(filename: string): RequestPart {
  return {
    type: 'text',
    text: `[The file “${filename}” was deleted and cannot be read any more.]`,
  };
}

/** What the model is told in the place of an old file when a request would be too large with it. */
export function leftOutRequestPart(filename: string): RequestPart {
  return {
    type: 'text',
    text: `[The file “${filename}” is left out: with it, the files of this conversation are too large to be sent.]`,
  };
}

function dataUrl(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
