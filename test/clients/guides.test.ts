import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPages } from '../docs/markdown.ts';
import { startClientHost } from '../support/client-host.ts';
import { runProgram } from '../support/page-program.ts';

/** The programs of the guides, run as they are printed. */
const programs = readPages()
  .filter(({ path }) => path.startsWith('docs/guides/clients/'))
  .filter(({ path }) => !path.endsWith('/librechat-agents.md')) // That one has a test of its own.
  .flatMap(({ fences }) => fences)
  .filter(({ language }) => language === 'js');

// Below this workspace, so that imports find what tests have; the dot hides it from other projects.
const folder = join(import.meta.dirname, `.programs-${process.pid}`);
const ended = new Map<string, { exitCode: number | null; output: string }>();
beforeAll(async () => {
  mkdirSync(folder);
  const host = await startClientHost();
  const started = programs.map((fence) => ({ fence, program: runProgram(fence, folder, host) }));
  for (const { fence, program } of started) {
    ended.set(fence.at, { exitCode: await program.ends(), output: program.output() });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(programs)('$at: answers', ({ at, text }) => {
  const { exitCode, output } = ended.get(at) ?? {};

  expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/\w{3}/) });
  if (text.includes('Oslo')) expect(output).toContain('-7');
});

it('knows every guide that has a program', () => {
  expect(new Set(programs.map(({ page }) => page)).size).toBe(4);
});
