import type { ReasoningDetail } from '../upstream/chat.ts';

/** The fields that come in pieces, by the type of a detail; other types always come whole. */
const PIECED: Readonly<Record<string, string>> = {
  'reasoning.text': 'text',
  'reasoning.summary': 'summary',
  'reasoning.encrypted': 'data',
};

/**
 * Adds the pieces of one more chunk to the reasoning details of an answer, so that they can be sent
 * back as the model made them: signatures hold over whole blocks only. Pure; a detail that came whole
 * stays the very object that came.
 *
 * Pieces of one type and one index are one block; without an index a piece goes on with the last
 * block. Blocks with different ids or formats stay apart, and so does what has no index and is
 * encrypted. Text and data are joined, the last signature counts, and of everything else what came
 * first.
 *
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens#preserving-reasoning-blocks
 */
export function mergeReasoningDetails(
  merged: readonly ReasoningDetail[],
  pieces: readonly ReasoningDetail[],
): ReasoningDetail[] {
  const details = [...merged];
  for (const piece of pieces) {
    const at = details.findLastIndex((detail, position) =>
      goesOn(detail, piece, position === details.length - 1),
    );
    const detail = details[at];
    if (!detail) details.push(piece);
    else if (!isAgain(detail, piece)) details[at] = join(detail, piece);
  }
  return details;
}

function goesOn(detail: ReasoningDetail, piece: ReasoningDetail, isLast: boolean): boolean {
  const field = PIECED[piece.type];
  if (field === undefined || detail.type !== piece.type) return false;
  if (!mayBeOne(detail['id'], piece['id']) || !mayBeOne(detail['format'], piece['format'])) {
    return false;
  }
  // Nothing follows a signature in its block but the signature itself.
  const isSealed = isText(detail['signature']) && isText(piece[field]);
  if (isNumber(piece.index)) {
    if (detail.index !== piece.index) return false;
    return !(isSealed && isText(detail['format']) && detail['format'].startsWith('anthropic'));
  }
  return isLast && field !== 'data' && !isSealed;
}

/** An encrypted block that came before: some providers send it with the finish once more. */
function isAgain(detail: ReasoningDetail, piece: ReasoningDetail): boolean {
  return (
    piece.type === 'reasoning.encrypted' &&
    isText(piece['id']) &&
    piece['id'] === detail['id'] &&
    piece['data'] === detail['data']
  );
}

function join(detail: ReasoningDetail, piece: ReasoningDetail): ReasoningDetail {
  const joined: ReasoningDetail = { ...detail };
  for (const [name, value] of Object.entries(piece)) {
    const before = detail[name];
    if (name === PIECED[piece.type]) {
      joined[name] = isText(before) && isText(value) ? before + value : before || value;
    } else if (name === 'signature') joined[name] = value || before;
    else joined[name] = before ?? value;
  }
  return joined;
}

function mayBeOne(one: unknown, other: unknown): boolean {
  return one == null || other == null || one === other;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
