import type { DoctorCheck, DoctorReport } from '@openrouter-native/protocol';
import { isOpenRouterError } from '../errors.ts';
import { scrubText } from '../scrub.ts';
import { factsOf } from './causes/causes.ts';
import type { Check, Finding } from './check.ts';
import { conclude } from './conclude.ts';
import type { DoctorContext } from './context.ts';
import { createSecretFilter, secretsIn } from './mask.ts';

export interface DoctorRun {
  /** In this order; ids are unique. */
  checks: readonly Check[];
  context: DoctorContext;
  /** Hears of each check as it ends. */
  onCheck?: (check: DoctorCheck) => void;
}

const MAX_EVIDENCE = 30;
const MAX_CHARACTERS = 400; // of one piece of evidence

/**
 * Runs the checks one after the other, and concludes. A check that fails to work is a finding too.
 *
 * @throws the signal's reason when the run is aborted; nothing else.
 */
export async function runDoctor({ checks, context, onCheck }: DoctorRun): Promise<DoctorReport> {
  const { now, signal } = context;
  const hide = createHider(context);
  const startedAt = now();
  const results: DoctorCheck[] = [];
  for (const check of checks) {
    signal.throwIfAborted();
    const checkedAt = performance.now();
    const finding = blocked(check, checks, results) ?? (await look(check, context, results));
    const result = toResult(check, finding, performance.now() - checkedAt, hide);
    results.push(result);
    onCheck?.(result);
  }
  return {
    status: worst(results),
    started_at: new Date(startedAt).toISOString(),
    ms: now() - startedAt,
    cost_usd: total(results),
    conclusion: conclude(results),
    checks: results,
  };
}

/** A check whose ground has failed would only repeat that failure. */
function blocked(
  { needs = [] }: Check,
  checks: readonly Check[],
  results: readonly DoctorCheck[],
): Finding | null {
  const ground = results.find(({ id, status }) => status === 'failed' && needs.includes(id));
  if (!ground) return null;
  const { title } = checks.find(({ id }) => id === ground.id) ?? ground;
  return { status: 'skipped', evidence: [`Not done, because this failed before: ${title}.`] };
}

async function look(
  check: Check,
  context: DoctorContext,
  results: readonly DoctorCheck[],
): Promise<Finding> {
  try {
    return await check.run(context, results);
  } catch (error) {
    context.signal.throwIfAborted();
    // Only messages that were written to be shown are.
    const told = isOpenRouterError(error) ? error.message : nameOf(error);
    return {
      status: 'failed',
      cause: 'check_failed',
      evidence: [`The check itself failed: ${told}`],
    };
  }
}

function toResult(
  { id, title }: Check,
  { status, cause, evidence, action, costUsd = 0 }: Finding,
  ms: number,
  hide: (text: string) => string,
): DoctorCheck {
  const isTrouble = status === 'warning' || status === 'failed';
  const advice = action ?? (cause !== undefined && isTrouble ? factsOf(cause).action : null);
  return {
    id,
    title,
    status,
    cause: isTrouble ? (cause ?? 'check_failed') : null,
    evidence: evidence.slice(0, MAX_EVIDENCE).map((text) => cut(hide(text))),
    ms: Math.round(ms),
    action: advice,
    cost_usd: costUsd,
  };
}

function createHider({
  settings,
  secretValues,
  apiKey,
  managementKey,
  moreKeys,
  proxy,
}: DoctorContext) {
  const given = settings.filter(({ isSecret }) => isSecret).map(({ value }) => value);
  const used = [apiKey, managementKey, proxy?.href].filter((value) => typeof value === 'string');
  const hideSecrets = createSecretFilter(
    [...given, ...used, ...moreKeys, ...secretValues].flatMap(secretsIn),
  );
  return (text: string) => scrubText(hideSecrets(text));
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown failure';
}

function worst(results: readonly DoctorCheck[]): DoctorReport['status'] {
  if (results.some(({ status }) => status === 'failed')) return 'failed';
  return results.some(({ status }) => status === 'warning') ? 'warning' : 'ok';
}

/** Binary fractions of micro-dollars are cut off. */
function total(results: readonly DoctorCheck[]): number | null {
  let sum = 0;
  for (const { cost_usd: cost } of results) {
    if (cost === null) return null;
    sum += cost;
  }
  return Number(sum.toFixed(9));
}
