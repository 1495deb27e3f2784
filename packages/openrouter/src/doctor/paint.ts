import { styleText } from 'node:util';
import { plain, type Paint } from './format/human.ts';

const looks = {
  ok: 'green',
  warning: 'yellow',
  failed: 'red',
  skipped: 'dim',
  faint: 'dim',
  strong: 'bold',
} as const;

/** Colours where the stream is a terminal that wants them (`NO_COLOR` is heard), else none. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  if (!stream.isTTY) return plain;
  return (look, text) => styleText(looks[look], text, { stream });
}
