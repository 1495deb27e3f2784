import { createContext, useContext, useReducer } from 'react';

interface Typed {
  text: string;
  /** The text of the value that was in force when this was typed. */
  over: string;
}

/** What stands in the fields, by name: also what is not valid yet, so that nothing typed is lost. */
export type TypedTexts = Map<string, Typed>;

/** Around a form; what is typed lives as long as this does. */
export const TypedTextsContext = createContext<TypedTexts>(new Map());

/**
 * The text of a field, and what changes it.
 *
 * @param name - Of the field, unlike all others of the form.
 * @param applied - The value in force as text. When it becomes another one, the field shows that.
 * @returns The second function takes what was typed, and the text of the value that it puts in force.
 */
export function useTypedText(
  name: string,
  applied: string,
): [string, (text: string, applies: string) => void] {
  const texts = useContext(TypedTextsContext);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const typed = texts.get(name);
  return [
    typed?.over === applied ? typed.text : applied,
    (text, applies) => {
      texts.set(name, { text, over: applies });
      redraw();
    },
  ];
}
