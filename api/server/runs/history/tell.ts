import type { ChatMessage, FileReference, ToolCall } from '@openrouter-native/protocol';
import type { RequestPart } from '../../files/files.ts';
import { outcomeOf } from './outcome.ts';
import { callArguments } from './call-arguments.ts';
import { stepsOf, type AnswerSoFar, type ToldStep } from './steps.ts';

type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>;

export interface TellOptions {
  /** Whether who is asked can read the thoughts of this step. */
  isReadable: (step: ToldStep) => boolean;
  /** The pictures of the answer; one that is not there is mentioned in words. */
  pictures: ReadonlyMap<FileReference, RequestPart>;
}

/**
 * An answer as its model gave it, step by step: what it said with the calls it made, then their
 * results. What broke off is told together with what followed, because that went on with it. Errors
 * are left out, and so is what would say nothing.
 */
export function tellAnswer(answer: AnswerSoFar, options: TellOptions): ChatMessage[] {
  const messages: ChatMessage[] = [];
  let begun = '';
  for (const step of stepsOf(answer)) {
    const { text, images } = shown(step, options);
    const words = begun + text;
    if (!step.isWhole && step.calls.length === 0 && images.length === 0) {
      begun = words;
      continue;
    }
    begun = '';
    messages.push(...messagesOf(step, words, images, options.isReadable(step)));
  }
  if (begun.trim() !== '') messages.push({ role: 'assistant', content: begun });
  return withParsedFiles(messages, answer.annotations ?? []);
}

function messagesOf(
  { step, calls, isWhole }: ToldStep,
  words: string,
  images: readonly RequestPart[],
  isReadable: boolean,
): ChatMessage[] {
  const content = words.trim() === '' ? null : words; // White space alone is refused.
  if (content === null && calls.length === 0 && images.length === 0) return [];
  const details = isWhole && isReadable ? (step?.reasoning_details ?? []) : [];
  const message: AssistantMessage = {
    role: 'assistant',
    content,
    ...(calls.length > 0 && { tool_calls: calls.map(toCall) }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(images.length > 0 && { images }),
  };
  return [message, ...calls.map(toResult)];
}

function toCall({ id, name, args }: ToolCall) {
  const called = { name, arguments: callArguments(args) ?? '{}' };
  return { id, type: 'function', function: called };
}

function toResult({ id, output, progress }: ToolCall): ChatMessage {
  return { role: 'tool', tool_call_id: id, content: output ?? outcomeOf(progress) };
}

/** A model that draws is shown its pictures, so that it can change them; for others words must do. */
function shown(
  { text, pictures }: ToldStep,
  options: TellOptions,
): { text: string; images: RequestPart[] } {
  const images: RequestPart[] = [];
  const mentions: string[] = [];
  for (const picture of pictures) {
    const part = options.pictures.get(picture);
    if (part?.type === 'image_url') images.push(part);
    else mentions.push(`[Picture: ${picture.filename}]`);
  }
  return { text: [...(text === '' ? [] : [text]), ...mentions].join('\n\n'), images };
}

/**
 * What OpenRouter made of PDF files goes back with the answer, so that they are not parsed, and paid
 * for, once more.
 */
function withParsedFiles(
  messages: readonly ChatMessage[],
  annotations: NonNullable<AnswerSoFar['annotations']>,
): ChatMessage[] {
  const files = new Map(
    annotations.flatMap((annotation) =>
      annotation.type === 'file' ? [[hashOf(annotation), annotation]] : [],
    ),
  );
  const [first, ...rest] = messages;
  if (files.size === 0 || first?.role !== 'assistant') return [...messages];
  return [{ ...first, annotations: [...files.values()] }, ...rest];
}

/** Each step of an answer may have parsed the same file. */
function hashOf({ file }: { [field: string]: unknown }): unknown {
  return typeof file === 'object' && file !== null && 'hash' in file ? file.hash : file;
}
