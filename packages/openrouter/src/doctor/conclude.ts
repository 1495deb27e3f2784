import type {
  DoctorCause,
  DoctorCheck,
  DoctorKind,
  DoctorReport,
} from '@openrouter-native/protocol';
import { factsOf, rankOf } from './causes/causes.ts';

/**
 * One verdict from all results, and the causes behind it, likeliest root first. Pure: the same
 * results give the same words.
 */
export function conclude(checks: readonly DoctorCheck[]): DoctorReport['conclusion'] {
  const causes = rank(gather(checks));
  return { sentence: sentenceOf(causes, checks), causes };
}

/** One entry for each cause, with all the checks that found it. */
function gather(checks: readonly DoctorCheck[]): DoctorCause[] {
  const byCause = new Map<string, DoctorCause>();
  for (const { id, cause, status } of checks) {
    if (cause === null || (status !== 'failed' && status !== 'warning')) continue;
    const known = byCause.get(cause);
    if (known) {
      known.checks.push(id);
      if (status === 'failed') known.status = 'failed';
      continue;
    }
    const { kind, sentence, action } = factsOf(cause);
    const told = isContinued(kind) ? capitalised(sentence) : sentence;
    byCause.set(cause, { cause, kind, status, sentence: told, action, checks: [id] });
  }
  return [...byCause.values()];
}

/** Failures before warnings, and the root before the leaf; what explains a failure counts as one. */
function rank(causes: readonly DoctorCause[]): DoctorCause[] {
  const failures = new Set(
    causes.filter(({ status }) => status === 'failed').map(({ cause }) => cause),
  );
  const explained = causes.map((cause) => {
    const isRoot = factsOf(cause.cause).explains?.some((leaf) => failures.has(leaf)) ?? false;
    return { cause: isRoot ? { ...cause, status: 'failed' as const } : cause, isRoot };
  });
  return explained
    .toSorted(
      (a, b) =>
        weight(a.cause) - weight(b.cause) ||
        Number(b.isRoot) - Number(a.isRoot) ||
        rankOf(a.cause.cause) - rankOf(b.cause.cause),
    )
    .map(({ cause }) => cause);
}

function weight({ status }: DoctorCause): number {
  return status === 'failed' ? 0 : 1;
}

function sentenceOf(causes: readonly DoctorCause[], checks: readonly DoctorCheck[]): string {
  const [first, ...others] = causes;
  if (!first) return allWell(checks);
  const what = `${lead(first.kind, checks)}${factsOf(first.cause).sentence}`;
  if (first.status === 'failed') return `${what}${besides(others)}`;
  return `It works. Worth a look: ${what}${besides(others)}`;
}

/** Sentences of these kinds follow upon what is known to be well. */
function isContinued(kind: DoctorKind): boolean {
  return ['policy', 'model', 'provider', 'server'].includes(kind);
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Says what is known to be well, so that nobody looks for the fault there. */
function lead(kind: DoctorKind, checks: readonly DoctorCheck[]): string {
  if (!isContinued(kind)) return '';
  const hasAnswer = checks.some(
    ({ id, status }) => id.startsWith('completion_') && status === 'ok',
  );
  const isKeyGood = checks.some(
    ({ id, status }) => id === 'key' && (status === 'ok' || status === 'warning'),
  );
  if (hasAnswer) return 'Key and account are valid and OpenRouter answers, but ';
  if (isKeyGood)
    return kind === 'server'
      ? 'The key is valid, but '
      : 'Key and account are valid; the trouble is elsewhere: ';
  return 'This is what was found: ';
}

function besides(others: readonly DoctorCause[]): string {
  if (others.length === 0) return '';
  return others.length === 1
    ? ' One more thing is listed below.'
    : ` ${others.length} more things are listed below.`;
}

function allWell(checks: readonly DoctorCheck[]): string {
  const isAnswered = checks.some(
    ({ id, status }) => id.startsWith('completion_') && status === 'ok',
  );
  return isAnswered
    ? 'All is well: the key is valid, the account is valid, and models answer.'
    : 'All is well as far as it was checked; no model was asked.';
}
