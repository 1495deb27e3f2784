import type { ChatMessage, ChatRequest } from '@openrouter-native/protocol';
import { mediaOf, ownPictures, textsOf, withoutMedia } from './prompt-content.ts';

/** Runs of one sign have tokens of up to 128 characters. */
const LONGEST_TOKEN_CHARACTERS = 128;

/**
 * Fewer tokens than this a prompt cannot have, whatever the tokenizer: none of them lets a token reach
 * over the white space between two words. Media, tools and templates count nothing.
 */
export function fewestTokens(messages: readonly ChatMessage[]): number {
  return messages.flatMap(textsOf).reduce((sum, text) => sum + fewestTokensOfText(text), 0);
}

function fewestTokensOfText(text: string): number {
  let tokens = 0;
  for (const { 0: word } of text.matchAll(/\S+/g)) {
    tokens += Math.ceil(word.length / LONGEST_TOKEN_CHARACTERS);
  }
  return tokens;
}

/** What the template of a model may put around each message. */
const TOKENS_PER_MESSAGE = 16;
/** The beginning and end of a conversation. */
const TOKENS_OF_TEMPLATE = 64;
/** What providers tell a model about the use of tools, where there are any; Anthropic about 350. */
const TOKENS_OF_TOOL_TEMPLATE = 1_024;
/**
 * One picture: Qwen-VL, the hungriest, takes up to 16,384; GPT-4o up to 1,500, Claude up to 5,000,
 * Gemini about 300 for each tile of a large one.
 */
const TOKENS_PER_IMAGE = 16_384;
/** GPT-4o mini is charged 33 times as many tokens as GPT-4o: eight tiles and the overview. */
const TOKENS_PER_IMAGE_4O_MINI = 48_169;

/** What is known of the step before, whose prompt the next one begins with. */
export interface CountedPrompt {
  /** As charged. */
  tokens: number;
  /** How many messages it had. */
  messages: number;
}

/**
 * More tokens than this a prompt cannot have. A token stands for at least one byte, so the bytes of the
 * request bound them; messages that upstream has counted in an earlier step count as charged. Parts whose
 * size says nothing about their tokens (PDF files, sound, film) may fill the whole context.
 *
 * @param options.counted - Holds as long as the same model answers.
 * @returns `Infinity` where nothing but the context bounds it.
 */
export function mostTokens(
  request: ChatRequest,
  { counted, isGpt4oMini }: { counted: CountedPrompt | null; isGpt4oMini: boolean },
): number {
  const { messages, tools, response_format: format } = request;
  const perImage = isGpt4oMini ? TOKENS_PER_IMAGE_4O_MINI : TOKENS_PER_IMAGE;
  const ofMessages = (some: readonly ChatMessage[]) =>
    bytesOf(withoutMedia(some)) + some.length * TOKENS_PER_MESSAGE + mediaTokens(some, perImage);
  const template = TOKENS_OF_TEMPLATE + (tools && tools.length > 0 ? TOKENS_OF_TOOL_TEMPLATE : 0);
  const all = ofMessages(messages) + bytesOf([tools ?? [], format ?? null]) + template;
  if (counted === null) return all;
  // Another provider of the model may put another template around the same words.
  const known = counted.tokens + counted.messages * TOKENS_PER_MESSAGE + template;
  return Math.min(all, known + ofMessages(messages.slice(counted.messages)));
}

function mediaTokens(messages: readonly ChatMessage[], perImage: number): number {
  const media = mediaOf(messages);
  const isBounded = media.every(({ medium, part }) => medium === 'image' && !isOriginal(part));
  return isBounded ? (media.length + ownPictures(messages)) * perImage : Infinity;
}

/** `detail: "original"` is not scaled down to what the ceilings are about. */
function isOriginal({ image_url: image }: Readonly<Record<string, unknown>>): boolean {
  return (image as { detail?: unknown } | undefined)?.detail === 'original';
}

/** As UTF-8; escapes only make it more. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
