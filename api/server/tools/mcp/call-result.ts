import { z } from 'zod';
import type { ToolResult } from '../tool.ts';

/** What `tools/call` answers; only what is read. */
export const callResultSchema = z.looseObject({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional().catch(undefined),
});

const partSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.literal('image'), data: z.string(), mimeType: z.string() }),
  z.looseObject({ type: z.literal('audio'), data: z.string(), mimeType: z.string() }),
  z.looseObject({
    type: z.literal('resource'),
    resource: z.looseObject({
      uri: z.string(),
      mimeType: z.string().optional(),
      text: z.string().optional(),
      blob: z.string().optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('resource_link'),
    uri: z.string(),
    name: z.string().optional(),
    description: z.string().optional(),
  }),
]);
type Part = z.output<typeof partSchema>;

/** An answer as text, which is all that every model reads. What is no text is named, not shown. */
export function readCallResult(result: z.output<typeof callResultSchema>): ToolResult {
  const parts = result.content.map((part) => describe(partSchema.safeParse(part).data));
  const hasText = result.content.some((part) => partSchema.safeParse(part).data?.type === 'text');
  if (!hasText && result.structuredContent !== undefined) {
    parts.unshift(JSON.stringify(result.structuredContent));
  }
  const output = parts.join('\n');
  return { output: output === '' ? '(No output.)' : output, isError: result.isError ?? false };
}

function describe(part: Part | undefined): string {
  if (!part) return '(Something of an unknown kind.)';
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
      return `(An image, ${part.mimeType}, ${bytesOf(part.data)} bytes; it cannot be shown here.)`;
    case 'audio':
      return `(A sound, ${part.mimeType}, ${bytesOf(part.data)} bytes; it cannot be played here.)`;
    case 'resource':
      return describeResource(part.resource);
    case 'resource_link':
      return `(A link: ${[part.name, part.uri, part.description].filter(Boolean).join(', ')})`;
    default:
      return part satisfies never;
  }
}

function describeResource(resource: Extract<Part, { type: 'resource' }>['resource']): string {
  const { uri, mimeType = 'of an unknown type', text, blob = '' } = resource;
  if (text !== undefined) return `${uri}:\n${text}`;
  return `(A file: ${uri}, ${mimeType}, ${bytesOf(blob)} bytes; it cannot be read here.)`;
}

function bytesOf(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}
