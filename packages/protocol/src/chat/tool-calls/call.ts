import type { ChatEvent } from '../events.ts';
import { noObjectText, type ObjectText } from './json.ts';

/** One piece of a call, as it came; an empty id or name is none. */
export type ToolCallDelta = Extract<ChatEvent, { type: 'tool-call-delta' }>;

/** What there is of a call. */
export interface PartialCall {
  /** As we call it; `null` while nothing is told of it, because it may be an earlier call again. */
  readonly callId: string | null;
  /** As the provider calls it. */
  readonly wireId: string | null;
  /** Where the provider put it last. */
  readonly index: number | null;
  readonly name: string | null;
  /** Of the arguments. */
  readonly text: string;
  readonly json: ObjectText;
  readonly lastPiece: string;
  /** Whether it is an earlier call that comes again. */
  readonly isRepetition: 'no' | 'maybe' | 'surely';
  /** It was named again in the middle of its arguments: what comes next may begin another call. */
  readonly isDoubtful: boolean;
  /** Its arguments came at an index of their own, and no other call could have been meant. */
  readonly isGuess: boolean;
  /** The text so far came again at least once, with or without more of it. */
  readonly resends: boolean;
  /** A piece was left out that can only be the last one again. */
  readonly hasDropped: boolean;
  /** A piece was added that was the same as the last one. */
  readonly hasRepeated: boolean;
}

/** A call of which only the head is known. */
export function aCall(
  head: Pick<PartialCall, 'callId' | 'wireId' | 'index' | 'name' | 'isRepetition'>,
): PartialCall {
  return {
    ...head,
    text: '',
    json: noObjectText,
    lastPiece: '',
    isDoubtful: false,
    isGuess: false,
    resends: false,
    hasDropped: false,
    hasRepeated: false,
  };
}

/** No more arguments can come. */
export function isWhole({ json }: PartialCall): boolean {
  return json.progress === 'whole';
}

/** No arguments have come: none yet, or none at all. */
export function isBare({ json }: PartialCall): boolean {
  return json.progress === 'blank';
}

/** The arguments as they count: none are an empty object. */
export function argumentsOf(call: PartialCall): string {
  return isBare(call) ? '{}' : call.text;
}
