import type { DoctorReport } from '@openrouter-native/protocol';
import { describeCost } from './cost.ts';
import { words } from './symbols.ts';

/** The report for an issue or a message: the verdict first, the evidence below it. */
export function formatMarkdown(report: DoctorReport): string {
  const { conclusion, checks, started_at: startedAt, ms } = report;
  const causes = conclusion.causes.map(
    ({ status, sentence, action }, at) =>
      `${at + 1}. **${words[status]}**: ${escape(sentence)} ${escape(action)}`,
  );
  const sections = checks.map(({ title, status, ms: took, evidence, action }) =>
    [
      `### ${escape(title)}: ${words[status]}`,
      '',
      `${took} ms`,
      '',
      ...evidence.map((line) => `- ${escape(line)}`),
      ...(action === null ? [] : ['', `To do: ${escape(action)}`]),
      '',
    ].join('\n'),
  );
  return [
    '# OpenRouter doctor',
    '',
    `**${escape(conclusion.sentence)}**`,
    '',
    ...(causes.length > 0 ? [...causes, ''] : []),
    `${startedAt}, ${checks.length} checks in ${(ms / 1000).toFixed(1)} s. ${describeCost(report)}`,
    '',
    '## Checks',
    '',
    ...sections,
  ].join('\n');
}

/** Evidence may repeat what a server sent; none of it is to become markup. Addresses stay links. */
function escape(text: string): string {
  return text.replaceAll(/[\\`*[\]<>|#~]|_(?=\w)/g, String.raw`\$&`);
}
