import { basename } from 'node:path';
import type { Backups } from './apply.ts';
import type { Finding } from './finding.ts';
import type { MigrationPlan } from './plan.ts';
import { shownDiff } from './shown-diff.ts';
import type { Undone } from './undo.ts';

/** Tells what a migration does, for a terminal. Holds no secret. */
export function describePlan(path: string, plan: MigrationPlan): string {
  const sections = [
    `${path}\n${plan.entries.map(({ index, name, line }) => `  endpoints.custom[${index}] ${JSON.stringify(name)}, line ${line}`).join('\n')}`,
    section('Into .env', linesOf(plan)),
    section('Needs no setting any more', explain(plan.findings, 'needless')),
    section('Cannot be carried over', [...explain(plan.findings, 'left'), ...explain(plan.env.left, 'left')]), // prettier-ignore
    section('Names the entry; write openrouter there', plan.mentions),
    shownDiff(basename(path), plan.before, plan.after).trimEnd(),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Tells that there is nothing to do. */
export function describeNothing(path: string, { ownEntries }: MigrationPlan): string {
  const own = ownEntries.map(
    (name) => `${JSON.stringify(name)} leads to a server like this one and stays: it is for another LibreChat.\n`, // prettier-ignore
  );
  return `${path} has no OpenRouter entry under endpoints.custom: nothing to migrate.\n${own.join('')}`;
}

export function describeWritten(path: string, backups: Backups, command: string): string {
  const copies = [backups.yaml, ...(backups.env === null ? [] : [backups.env])];
  return `Written. Backups, which may hold keys:
${copies.map((copy) => `  ${copy}`).join('\n')}
Restart the server to use the new settings. To take it back: ${command} ${path} --undo
`;
}

export function describeUndone(path: string, { stamp, keptYaml, env }: Undone): string {
  const told = {
    restored: '.env is what it was.',
    removed: '.env is gone again; it held nothing else.',
    cut: 'The lines are out of .env; what was changed there since is kept.',
    untouched: '.env is as it was found.',
  };
  return `${path} is what it was before ${stamp}. ${told[env]}
${keptYaml === null ? '' : `It was changed since then; that version is kept as ${keptYaml}\n`}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function linesOf({ env }: MigrationPlan): string[] {
  return [
    ...env.lines.map(({ target, shown }) =>
      'text' in shown ? `${target}=${shown.text}` : `${target}=… (${shown.origin})`,
    ),
    ...env.kept.map(
      ({ target, by }) =>
      by === target ? `${target} is set already and stays` : `${by} is set already and read as ${target}`, // prettier-ignore
    ),
  ];
}

function explain(findings: readonly Finding[], kind: 'needless' | 'left'): string[] {
  return findings.flatMap((finding) =>
    finding.kind === kind ? [`${finding.field} – ${finding.why}`] : [],
  );
}
