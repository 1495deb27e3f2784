import type { AnswerStep } from './steps.ts';

/** How badly behaved providers stream the calls of a model; each of them occurs upstream. */
export const toolCallManners = [
  'no-index',
  'no-id',
  'one-index', // for all calls
  'one-id', // for all calls
  'index-counts-pieces',
  'in-turns', // the pieces of all calls
  'whole', // each call in one piece, with neither index nor id
  'as-object', // arguments that are an object, in one piece
  'name-in-each-piece',
  'name-in-pieces',
  'name-at-end',
  'text-so-far', // in each piece
  'calls-twice', // all of them again, at the end
  'arguments-twice', // again, behind each call
  'last-piece-twice',
  'last-piece-missing', // and the answer says that its calls are complete
] as const;
export type ToolCallManner = (typeof toolCallManners)[number];

type Piece = Extract<AnswerStep, { type: 'tool-call' }>;

/** The steps of an answer with its calls sent in another manner. Other steps stay where they are. */
export function bendToolCalls(steps: readonly AnswerStep[], manner: ToolCallManner): AnswerStep[] {
  const first = steps.findIndex(isPiece);
  if (first < 0) return [...steps];
  const others = steps.filter((step) => !isPiece(step));
  const calls = Object.values(Object.groupBy(steps.filter(isPiece), ({ index }) => index ?? 0));
  const bent = bend(
    calls.filter((pieces) => pieces !== undefined),
    manner,
  );
  return [...others.slice(0, first), ...bent, ...others.slice(first)];
}

function bend(calls: readonly (readonly Piece[])[], manner: ToolCallManner): Piece[] {
  const all = calls.flat();
  const headOf = (pieces: readonly Piece[]) => pieces.find(({ id }) => id !== null);
  switch (manner) {
    case 'no-index':
      return all.map((piece) => ({ ...piece, index: null }));
    case 'no-id':
      return all.map((piece) => ({ ...piece, id: null }));
    case 'one-index':
      return all.map((piece) => ({ ...piece, index: 0 }));
    case 'one-id':
      return all.map((piece) => ({ ...piece, id: piece.id && (all[0]?.id ?? null) }));
    case 'index-counts-pieces':
      return calls
        .flatMap((pieces) => pieces.map((piece) => ({ ...piece, id: headOf(pieces)?.id ?? null })))
        .map((piece, index) => ({ ...piece, index }));
    case 'in-turns': {
      const longest = Math.max(...calls.map(({ length }) => length));
      const rounds = Array.from({ length: longest }, (_, at) => calls.map((pieces) => pieces[at]));
      return rounds.flat().filter((piece) => piece !== undefined);
    }
    case 'whole':
      return calls.flatMap(whole).map((piece) => ({ ...piece, index: null, id: null }));
    case 'as-object':
      return calls.flatMap(whole).map((piece) => ({ ...piece, isObject: true }));
    case 'name-in-each-piece':
      return calls.flatMap((pieces) => {
        const { id = null, name = null } = headOf(pieces) ?? {};
        return pieces.map((piece) => ({ ...piece, id, name }));
      });
    case 'name-in-pieces':
      return all.flatMap((piece) => {
        if (piece.name === null) return [piece];
        const middle = Math.ceil(piece.name.length / 2);
        return [
          { ...piece, name: piece.name.slice(0, middle) },
          { ...piece, id: null, name: piece.name.slice(middle), tokens: 0 },
        ];
      });
    case 'name-at-end':
      return calls.flatMap((pieces) => [
        ...pieces.map((piece) => ({ ...piece, name: null })),
        ...pieces.slice(0, 1).map((head) => ({ ...head, id: null, argumentsText: '', tokens: 0 })),
      ]);
    case 'text-so-far':
      return calls.flatMap((pieces) => {
        const { id = null, name = null } = headOf(pieces) ?? {};
        let argumentsText = '';
        return pieces.map((piece) => {
          argumentsText += piece.argumentsText;
          return { ...piece, id, name, argumentsText };
        });
      });
    case 'calls-twice':
      return [...all, ...calls.flatMap(whole).map((piece) => ({ ...piece, tokens: 0 }))];
    case 'arguments-twice':
      return calls.flatMap((pieces) => [
        ...pieces,
        ...whole(pieces).map((piece) => ({ ...piece, id: null, name: null, tokens: 0 })),
      ]);
    case 'last-piece-twice':
      return [...all, ...all.slice(-1).map((piece) => ({ ...piece, tokens: 0 }))];
    case 'last-piece-missing':
      return all.slice(0, -1);
    default:
      return manner satisfies never;
  }
}

/** All of a call in one piece. */
function whole(pieces: readonly Piece[]): Piece[] {
  const [head] = pieces;
  if (!head) return [];
  const argumentsText = pieces.map((piece) => piece.argumentsText).join('');
  const tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
  return [{ ...head, argumentsText, tokens }];
}

function isPiece(step: AnswerStep): step is Piece {
  return step.type === 'tool-call';
}
