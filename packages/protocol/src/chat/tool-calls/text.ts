import { isBare, isWhole, type PartialCall } from './call.ts';
import { isBlank, readObjectText } from './json.ts';

/**
 * Adds a piece to the arguments of a call. Where the JSON cannot go on with it, and it is all of the
 * text so far or the last piece, it was sent again and is not added twice. Where the JSON can go on
 * with it, it is never left out.
 *
 * @param isSure - The piece cannot be meant for another call.
 * @returns The call, and what its text grew by.
 */
export function addText(
  call: PartialCall,
  piece: string,
  isSure: boolean,
): { call: PartialCall; added: string } {
  if (piece === '' || (isWhole(call) && isBlank(piece))) return { call, added: '' };
  const json = readObjectText(call.json, piece);
  const isPossible = json.progress !== 'invalid';

  // Lengths first: to compare is to read the whole text once more, for every piece.
  if (
    isSure &&
    (!isPossible || call.resends) &&
    !isBare(call) &&
    piece.length >= call.text.length &&
    piece.startsWith(call.text)
  ) {
    const added = piece.slice(call.text.length);
    const grown = { ...call, json: readObjectText(call.json, added), text: piece };
    return { call: { ...grown, lastPiece: piece, resends: true }, added };
  }
  const isLastAgain = piece === call.lastPiece;
  if (isLastAgain && isSure && !isPossible) {
    return { call: { ...call, hasDropped: true }, added: '' };
  }
  const hasRepeated = call.hasRepeated || isLastAgain;
  const text = call.text + piece;
  return { call: { ...call, json, text, lastPiece: piece, hasRepeated }, added: piece };
}
