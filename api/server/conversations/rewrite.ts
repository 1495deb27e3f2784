import { RequestError } from '@openrouter-native/plugin';
import type { ContentPart } from '@openrouter-native/protocol';

type TextPart = Extract<ContentPart, { type: 'text' }>;

/**
 * The content with other words.
 *
 * @param index - Place of the text part to be replaced. `null` replaces all of them by one, where the
 *   last was: behind the results that an answer rests on.
 * @throws RequestError `invalid_request` when there is no text part at that place.
 */
export function rewriteText(
  content: readonly ContentPart[],
  text: string,
  index: number | null,
): ContentPart[] {
  if (index === null) return replaceAll(content, text);
  const part = content[index];
  if (part?.type !== 'text') {
    throw new RequestError('invalid_request', 'index: there is no text at this place.', {
      action: 'Name the place of a text part in the content of the message, counted from 0.',
      metadata: { fields: ['index'] },
    });
  }
  return content.with(index, { ...part, text });
}

function replaceAll(content: readonly ContentPart[], text: string): ContentPart[] {
  const place = content.findLastIndex(({ type }) => type === 'text');
  if (place < 0) return [{ type: 'text', text }, ...content];
  const written: TextPart = { ...(content[place] as TextPart), text };
  return content.with(place, written).filter((part) => part === written || part.type !== 'text');
}
