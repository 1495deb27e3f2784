import { LetterMark } from './LetterMark.tsx';

/** The author of a model, as the eye finds families by. */
export function AuthorMark({ author, size = 28 }: { author: string; size?: number }) {
  return <LetterMark name={author} size={size} />;
}
