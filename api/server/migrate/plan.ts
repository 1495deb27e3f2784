import { carryOver } from './carry-over.ts';
import { planLines, type EnvPlan, type EnvSources } from './env-lines.ts';
import { findEntries, type OpenRouterEntry } from './find-entries.ts';
import { left, type Finding } from './finding.ts';
import { mentionsOf } from './mentions.ts';
import { removeEntries } from './remove-entries.ts';

/** Everything that a migration would do. Holds secrets: what may be shown is marked. */
export interface MigrationPlan {
  entries: OpenRouterEntry[];
  /** What becomes of the settings, in the order of the file. */
  findings: Finding[];
  env: EnvPlan;
  /** What else in the file names an entry that goes. */
  mentions: string[];
  /** Entries that lead to a server like this one, and stay. */
  ownEntries: string[];
  before: string;
  /** The same as `before` when there is nothing to migrate. */
  after: string;
}

/**
 * Plans how OpenRouter's custom endpoints move from a `librechat.yaml` to `.env`. Reads and writes
 * nothing.
 *
 * @throws MigrationProblem when the file cannot be changed safely.
 */
export function planMigration(text: string, sources: EnvSources): MigrationPlan {
  const search = findEntries(text);
  const findings = findingsOf(search.entries);
  return {
    entries: search.entries,
    findings,
    env: planLines(
      findings.filter((finding) => finding.kind === 'moved'),
      sources,
    ),
    mentions: mentionsOf(search.data, search.entries),
    ownEntries: search.ownEntries,
    before: text,
    after: removeEntries(search),
  };
}

/** With several entries, a setting says whose it is. */
function findingsOf(entries: readonly OpenRouterEntry[]): Finding[] {
  const offersAll = entries.some(({ fields }) => isFetched(fields['models']));
  return entries.flatMap((entry) =>
    carryOver(entry).map((finding) => {
      const field = entries.length < 2 ? finding.field : `[${entry.index}].${finding.field}`;
      if (offersAll && finding.kind === 'moved' && finding.target === 'OPENROUTER_MODELS') {
        return left(field, 'Another entry offers the whole list, so users may choose from it.');
      }
      return { ...finding, field };
    }),
  );
}

function isFetched(models: unknown): boolean {
  return (models as { fetch?: unknown } | null | undefined)?.fetch === true;
}
