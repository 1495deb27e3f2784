import { lazy, Suspense, useMemo } from 'react';
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
  const blocks = useMemo(() => splitBlocks(text), [text]);
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
