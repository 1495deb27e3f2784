/** The smallest thing that is sent at once: one chunk of a stream, worth so many tokens. */
export type AnswerStep =
  | { type: 'text'; text: string; tokens: number }
  | { type: 'reasoning'; text: string; details: readonly ReasoningPiece[]; tokens: number }
  /** Thinking that is counted and kept back. */
  | { type: 'silence'; tokens: number }
  | {
      type: 'tool-call';
      /** `null` is left out, and so are an id and a name of `null`. */
      index: number | null;
      id: string | null;
      name: string | null;
      argumentsText: string;
      /** Arguments are sent as the object that their text means. */
      isObject?: boolean;
      tokens: number;
    }
  | { type: 'image'; url: string; tokens: number }
  | { type: 'annotation'; annotation: object; tokens: number };

/** A piece of a reasoning block; pieces of one `index` belong together. */
export interface ReasoningPiece {
  readonly type: string;
  readonly index: number;
  readonly format: string;
  readonly id?: string | null;
  readonly text?: string;
  readonly summary?: string;
  readonly data?: string;
  readonly signature?: string;
}

/** The first steps that come to no more than `maxTokens`, and whether any had to go. */
export function limitSteps(
  steps: readonly AnswerStep[],
  maxTokens: number,
): { steps: AnswerStep[]; isCut: boolean } {
  const kept: AnswerStep[] = [];
  let tokens = 0;
  for (const step of steps) {
    tokens += step.tokens;
    if (tokens > maxTokens) return { steps: kept, isCut: true };
    kept.push(step);
  }
  return { steps: kept, isCut: false };
}

/** The `message` that all steps together make. */
export function toMessage(steps: readonly AnswerStep[]): Record<string, unknown> {
  const calls = foldToolCalls(steps);
  const text = steps.map((step) => (step.type === 'text' ? step.text : '')).join('');
  const reasoning = steps.map((step) => (step.type === 'reasoning' ? step.text : '')).join('');
  const details = foldReasoning(steps);
  const images = steps.filter((step) => step.type === 'image');
  const annotations = steps.filter((step) => step.type === 'annotation');
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    reasoning: reasoning === '' ? null : reasoning,
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(images.length > 0 && { images: images.map(({ url }, index) => toImage(url, index)) }),
    ...(annotations.length > 0 && { annotations: annotations.map(({ annotation }) => annotation) }),
  };
}

/** The `delta` of one step; `null` when there is nothing to send. */
export function toDelta(step: AnswerStep): Record<string, unknown> | null {
  const base = { role: 'assistant', content: '' };
  switch (step.type) {
    case 'text':
      return { ...base, content: step.text };
    case 'reasoning':
      return { ...base, reasoning: step.text || null, reasoning_details: step.details };
    case 'silence':
      return null;
    case 'tool-call': {
      const { index, id, name, argumentsText, isObject = false } = step;
      const sent: unknown = isObject ? JSON.parse(argumentsText) : argumentsText;
      const called = { ...(name !== null && { name }), arguments: sent };
      const call = {
        ...(index !== null && { index }),
        ...(id !== null && { id, type: 'function' }),
        function: called,
      };
      return { role: 'assistant', content: null, tool_calls: [call] };
    }
    case 'image':
      return { ...base, images: [toImage(step.url, 0)] };
    case 'annotation':
      return { ...base, annotations: [step.annotation] };
    default:
      return step satisfies never;
  }
}

function toImage(url: string, index: number): object {
  return { type: 'image_url', image_url: { url }, index };
}

function foldToolCalls(steps: readonly AnswerStep[]): object[] {
  const calls: { id: string; type: 'function'; function: { name: string; arguments: string } }[] =
    [];
  for (const step of steps) {
    if (step.type !== 'tool-call') continue;
    const { index, id, name, argumentsText } = step;
    const call = (calls[index ?? 0] ??= {
      id: id ?? '',
      type: 'function',
      function: { name: name ?? '', arguments: '' },
    });
    call.function.arguments += argumentsText;
  }
  return calls;
}

/** Pieces of one index become one block: texts are joined, the last signature stays. */
function foldReasoning(steps: readonly AnswerStep[]): ReasoningPiece[] {
  const blocks = new Map<number, ReasoningPiece>();
  for (const step of steps) {
    if (step.type !== 'reasoning') continue;
    for (const piece of step.details) {
      const block = blocks.get(piece.index);
      blocks.set(piece.index, block ? joinPieces(block, piece) : piece);
    }
  }
  return [...blocks.values()];
}

function joinPieces(block: ReasoningPiece, piece: ReasoningPiece): ReasoningPiece {
  return {
    ...block,
    ...piece,
    ...((block.text ?? piece.text) !== undefined && { text: joined(block.text, piece.text) }),
    ...((block.summary ?? piece.summary) !== undefined && {
      summary: joined(block.summary, piece.summary),
    }),
    ...((block.data ?? piece.data) !== undefined && { data: joined(block.data, piece.data) }),
  };
}

function joined(one: string | undefined, other: string | undefined): string {
  return (one ?? '') + (other ?? '');
}
