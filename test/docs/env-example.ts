import { readFileSync } from 'node:fs';
import { root } from './root.ts';

/** Some lines of `.env.example` about one setting, or about a few that belong together. */
export interface ExampleBlock {
  /** Names with a line of their own. */
  names: string[];
  /** Lines that are commented out: `NAME=value`. */
  examples: string[];
  /** The comment above them, as one paragraph. */
  text: string;
}

/** What stands below one banner. */
export interface ExampleTopic {
  title: string;
  intro: string;
  blocks: ExampleBlock[];
}

const BANNER = /^#=+#\n#\s*(.+?)\s*#\n#=+#\n/gm;
const EXAMPLE = /^#\s*([A-Z][A-Z0-9_]*=.*)$/;
const ASSIGNMENT = /^([A-Z][A-Z0-9_]*)=/;

/** Reads `.env.example`, which is where each environment variable is described. */
export function readEnvExample(): ExampleTopic[] {
  const text = readFileSync(`${root}/.env.example`, 'utf8');
  // The first banner is that of the file.
  const [, , , ...parts] = text.split(BANNER);
  return Array.from({ length: Math.floor(parts.length / 2) }, (_, index) => {
    const [title = '', body = ''] = parts.slice(index * 2);
    const [first = '', ...rest] = body.split(/\n{2,}/);
    const intro = first.startsWith('#') ? readBlock(first).text : '';
    const blocks = [...(intro === '' ? [first] : []), ...rest].map(readBlock);
    return { title, intro, blocks: blocks.filter(({ text: told }) => told !== '') };
  });
}

function readBlock(block: string): ExampleBlock {
  const lines = block.split('\n').filter((line) => line.trim() !== '');
  const told = lines.filter((line) => line.startsWith('#') && !EXAMPLE.test(line));
  return {
    names: lines.flatMap((line) => ASSIGNMENT.exec(line)?.[1] ?? []),
    examples: lines.flatMap((line) => EXAMPLE.exec(line)?.[1] ?? []),
    text: told.map((line) => line.replace(/^#\s*/, '')).join(' '),
  };
}
