import { lazy, Suspense, useId, useState } from 'react';
import { whenIdle } from '../ui/when-idle.ts';
import { rawText } from './raw-text.ts';
import { appendText, emptySplit, lastChapter, splitText, type SplitText } from './split-blocks.ts';

const load = () => import('./Chapter.tsx');

/** The parser comes after the page, in time for the first answer. For an effect. */
export function preloadMarkdown(): () => void {
  return whenIdle(load);
}

const Chapter = lazy(async () => {
  const { Chapter: component } = await load();
  return { default: component };
});

/**
 * The text of an answer while it grows and after. A frame costs what is new in it: lines are split once,
 * finished chapters are neither compared nor laid out again, and only the last block is parsed.
 *
 * @param isEager - Draw it at once, also where its reader does not look yet.
 */
export function MarkdownText({
  text,
  isStreaming,
  isEager = true,
}: {
  text: string;
  isStreaming: boolean;
  isEager?: boolean;
}) {
  const answerId = useId();
  // The last line of a text that has ended is whole.
  const split = useSplit(isStreaming ? text : `${text}\n`);
  const chapters = [...split.chapters, lastChapter(split)];
  return (
    <div className={`markdown ${isStreaming ? 'markdown-streaming' : ''}`}>
      {chapters.map((blocks, index) => {
        const isFull = index < chapters.length - 1;
        if (blocks.length === 0 && index > 0) return null;
        return (
          <Suspense
            key={index}
            fallback={<div className="whitespace-pre-wrap">{rawText(blocks)}</div>}
          >
            <Chapter
              blocks={blocks}
              definitions={split.definitions}
              isFull={isFull}
              isGrowing={isStreaming && !isFull}
              isEager={isEager}
              answerId={answerId}
            />
          </Suspense>
        );
      })}
    </div>
  );
}

/** Splits only what was added since the text was last drawn. */
function useSplit(text: string): SplitText {
  const [known, setKnown] = useState(() => ({ text, split: splitText(text) }));
  if (known.text === text) return known.split;
  const split = text.startsWith(known.text)
    ? appendText(known.split, text.slice(known.text.length))
    : appendText(emptySplit, text);
  setKnown({ text, split });
  return split;
}
