import type { Block } from './block.ts';

/** Blocks as they were written, near enough. */
export function rawText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'text') return block.text;
      return [...(block.kind === 'table' ? [block.head] : []), ...block.groups].join('\n');
    })
    .join('\n\n');
}
