/** Letters of scripts that are written without spaces; a token is hardly more than one of them. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
const OTHER_LETTERS =
  /[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Devanagari}]/gu;

const PER_DENSE = 0.8;
const CHARACTERS_PER_TOKEN_OTHER = 2.6;
const CHARACTERS_PER_TOKEN = 4;

/** A picture of unknown size; most providers scale what is larger down to about this. */
const PICTURE_TOKENS = 1100;
const PIXELS_PER_TOKEN = 750;
const MAX_PICTURE_TOKENS = 1600;

/** About how many tokens a text has: right within a quarter for most languages and models. */
export function estimateTokens(text: string): number {
  const dense = text.match(DENSE)?.length ?? 0;
  const other = text.match(OTHER_LETTERS)?.length ?? 0;
  const rest = text.length - dense - other;
  return Math.ceil(
    dense * PER_DENSE + other / CHARACTERS_PER_TOKEN_OTHER + rest / CHARACTERS_PER_TOKEN,
  );
}

/** What is known of a file before anybody has read it. */
export interface SizedFile {
  type: string;
  bytes: number;
  width?: number | undefined;
  height?: number | undefined;
}

/** About how many tokens a file has; `null` where its size does not tell: a PDF, a recording. */
export function estimateFileTokens({ type, bytes, width, height }: SizedFile): number | null {
  if (type.startsWith('image/')) {
    if (width === undefined || height === undefined) return PICTURE_TOKENS;
    return Math.min(MAX_PICTURE_TOKENS, Math.ceil((width * height) / PIXELS_PER_TOKEN));
  }
  if (type === 'application/pdf' || type.startsWith('audio/')) return null;
  return Math.ceil(bytes / CHARACTERS_PER_TOKEN);
}
