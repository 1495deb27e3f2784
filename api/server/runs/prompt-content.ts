import type { ChatMessage } from '@openrouter-native/protocol';

/** What a part that is not text is, for a model. */
export type Medium = 'image' | 'audio' | 'video' | 'file';

/** One part that is not text. */
export interface MediaPart {
  medium: Medium;
  part: Readonly<Record<string, unknown>>;
}

const MEDIA: ReadonlyMap<string, Medium> = new Map([
  ['image_url', 'image'],
  ['input_audio', 'audio'],
  ['video_url', 'video'],
  ['input_video', 'video'],
  ['file', 'file'],
]);

/** Every part of these messages that is not text, in order. A part of an unknown type counts as a file. */
export function mediaOf(messages: readonly ChatMessage[]): MediaPart[] {
  return messages.flatMap(({ content }) =>
    Array.isArray(content)
      ? content
          .filter(({ type }) => type !== 'text')
          .map((part) => ({ medium: MEDIA.get(part.type) ?? ('file' as const), part }))
      : [],
  );
}

/** The pictures that models made, which go back to them beside their words. */
export function ownPictures(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + picturesOf(message).length, 0);
}

/** The same messages with nothing but the type left of what is not text. */
export function withoutMedia(messages: readonly ChatMessage[]): unknown[] {
  return messages.map((message) => ({
    ...message,
    ...(Array.isArray(message.content) && {
      content: message.content.map((part) => (part.type === 'text' ? part : { type: part.type })),
    }),
    ...('images' in message && { images: picturesOf(message).map(() => ({})) }),
  }));
}

function picturesOf(message: ChatMessage): readonly unknown[] {
  const { images } = message as { images?: unknown };
  return Array.isArray(images) ? images : [];
}

/** All that is written in a message, without its thoughts. */
export function textsOf({ content, ...message }: ChatMessage): string[] {
  const written = typeof content === 'string' ? [content] : (content ?? []).flatMap(textOfPart);
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  return [...written, ...calls.flatMap(({ function: called }) => [called.name, called.arguments])];
}

function textOfPart({ type, text }: { type: string; [field: string]: unknown }): string[] {
  return type === 'text' && typeof text === 'string' ? [text] : [];
}
