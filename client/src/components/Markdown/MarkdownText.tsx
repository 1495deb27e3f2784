import { lazy, Suspense, useMemo } from 'react';
import { completeTableHead } from './open-table.ts';
import { splitBlocks } from './split-blocks.ts';

const load = () => import('./MarkdownBlock.tsx');

/** Parser and colours come after the page, in time for the first answer. */
export function preloadMarkdown(): void {
  void load();
}

const MarkdownBlock = lazy(async () => {
  const { MarkdownBlock: component } = await load();
  return { default: component };
});

/** The text of an answer, rendered block by block while it grows. */
export function MarkdownText({ text, isStreaming }: { text: string; isStreaming: boolean }) {
  const blocks = useMemo(() => {
    const split = splitBlocks(text);
    const last = split.at(-1);
    if (!isStreaming || last === undefined || last.isOpenFence) return split;
    return [...split.slice(0, -1), { ...last, text: completeTableHead(last.text) }];
  }, [text, isStreaming]);
  return (
    <div className={`markdown ${isStreaming ? 'markdown-streaming' : ''}`}>
      {blocks.map((block, index) => (
        // Blocks are only ever added at the end, so the index names one for good.
        <Suspense key={index} fallback={<div className="whitespace-pre-wrap">{block.text}</div>}>
          <MarkdownBlock text={block.text} isOpenFence={block.isOpenFence} />
        </Suspense>
      ))}
    </div>
  );
}
