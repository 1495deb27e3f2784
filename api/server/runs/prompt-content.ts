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

/** The same messages with nothing but the type left of parts that are not text. */
export function withoutMedia(messages: readonly ChatMessage[]): unknown[] {
  return messages.map((message) =>
    Array.isArray(message.content)
      ? {
          ...message,
          content: message.content.map((part) =>
            part.type === 'text' ? part : { type: part.type },
          ),
        }
      : message,
  );
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
