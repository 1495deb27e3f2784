import type { DoctorCheck, DoctorReport, DoctorStatus } from '@openrouter-native/protocol';
import { describeCost } from './cost.ts';
import { symbols, words } from './symbols.ts';

/** How a text looks at a terminal. */
export type Paint = (look: DoctorStatus | 'faint' | 'strong', text: string) => string;

/** For a file or a pipe. */
export const plain: Paint = (_look, text) => text;

/** The lines of one check, for a terminal. */
export function formatCheck(check: DoctorCheck, paint: Paint): string {
  const { title, status, evidence, ms, action } = check;
  const head = `${paint(status, symbols[status])} ${paint('strong', title)}  ${paint(status, words[status])}  ${paint('faint', `${ms} ms`)}`;
  const isTrouble = status === 'warning' || status === 'failed';
  return [
    head,
    ...evidence.map((line) => paint('faint', `    ${line}`)),
    ...(action === null ? [] : [`    ${isTrouble ? '→' : paint('faint', '→')} ${action}`]),
    '',
  ].join('\n');
}

/** The verdict with its causes, for a terminal. */
export function formatConclusion(report: DoctorReport, paint: Paint): string {
  const { status, conclusion, ms } = report;
  const causes = conclusion.causes.flatMap(({ status: grade, sentence, action, checks }, at) => [
    `  ${at + 1}. ${paint(grade, words[grade])}: ${sentence} ${paint('faint', `(${checks.join(', ')})`)}`,
    `     → ${action}`,
  ]);
  return [
    '',
    paint('strong', `${symbols[status]} ${conclusion.sentence}`),
    ...(causes.length > 0 ? ['', ...causes] : []),
    '',
    paint(
      'faint',
      `${report.checks.length} checks in ${(ms / 1000).toFixed(1)} s. ${describeCost(report)}`,
    ),
    '',
  ].join('\n');
}

/** The whole report, for a terminal. */
export function formatHuman(report: DoctorReport, paint: Paint): string {
  const checks = report.checks.map((check) => `${formatCheck(check, paint)}\n`);
  return `${checks.join('')}${formatConclusion(report, paint)}`;
}
