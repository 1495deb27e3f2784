import { memo, useRef } from 'react';
import type { Block } from './block.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { Diagram } from './diagram/Diagram.tsx';
import { AnswerIdContext } from './Footnote.tsx';
import { withoutUnfinishedFormula } from './formulas.ts';
import { MarkdownBlock } from './MarkdownBlock.tsx';
import { completeTableHead } from './open-table.ts';
import { rawText } from './raw-text.ts';
import type { Chapter as Blocks } from './split-blocks.ts';
import { TableBlock } from './TableBlock.tsx';
import { useNear } from './useNear.ts';
import { useUnhurried } from './useUnhurried.ts';

/** Some blocks of an answer. Until its reader comes near, they are shown as they were written. */
export const Chapter = memo(function Chapter({
  blocks,
  definitions,
  isFull,
  isGrowing,
  isEager,
  answerId,
}: {
  blocks: Blocks;
  definitions: ReadonlyMap<string, string>;
  /** Nothing comes after it in this chapter. */
  isFull: boolean;
  /** More of its last block is on the way. */
  isGrowing: boolean;
  isEager: boolean;
  /** Of the whole text. */
  answerId: string;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const isNear = useNear(ref, isEager || blocks.some(hasFootnote));
  return (
    <div ref={ref} className={`markdown-chapter ${isFull ? 'markdown-chapter-full' : ''}`}>
      {isNear ? (
        <AnswerIdContext value={answerId}>
          {blocks.map((block, index) => (
            // Blocks are only ever added at the end, so the index names one for good.
            <BlockView
              key={index}
              block={block}
              definitions={definitions}
              isGrowing={isGrowing && index === blocks.length - 1}
            />
          ))}
        </AnswerIdContext>
      ) : (
        <div className="whitespace-pre-wrap">{rawText(blocks)}</div>
      )}
    </div>
  );
});

const BlockView = memo(function BlockView({
  block,
  definitions,
  isGrowing,
}: {
  block: Block;
  definitions: ReadonlyMap<string, string>;
  isGrowing: boolean;
}) {
  switch (block.kind) {
    case 'code':
      return (
        <div className="markdown-block">
          {block.language === 'mermaid' && !block.isOpen ? (
            <Diagram groups={block.groups} />
          ) : (
            <CodeBlock language={block.language} groups={block.groups} />
          )}
        </div>
      );
    case 'table':
      return (
        <div className="markdown-block">
          <TableBlock
            head={block.head}
            groups={block.groups}
            definitions={usedIn(`${block.head}\n${block.groups.join('\n')}`, definitions)}
          />
        </div>
      );
    case 'text':
      return (
        <div className={`markdown-block ${block.continuesList ? 'markdown-continued' : ''}`}>
          <Text text={block.text} definitions={definitions} isGrowing={isGrowing} />
        </div>
      );
    default:
      return block satisfies never;
  }
});

function Text({
  text,
  definitions,
  isGrowing,
}: {
  text: string;
  definitions: ReadonlyMap<string, string>;
  isGrowing: boolean;
}) {
  const steady = useUnhurried(text, isGrowing);
  const shown = isGrowing ? completeTableHead(withoutUnfinishedFormula(steady)) : steady;
  return <MarkdownBlock text={`${shown}${usedIn(text, definitions)}`} />;
}

/** Its mark, or its words, has to be there for the link that leads to it. */
function hasFootnote(block: Block): boolean {
  return block.kind === 'text' && block.text.includes('[^');
}

/** The definitions of those links that a text uses, to be parsed with it. */
function usedIn(text: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0) return '';
  const words = text.toLowerCase();
  const used = [...definitions].filter(([label]) => words.includes(`[${label}]`));
  return used.map(([, line]) => `\n\n${line}`).join('');
}
