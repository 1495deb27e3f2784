import type { Message, RunStep, TracedAttempt, Usage } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import type { Format } from '../../format/format.ts';

/** A line of a receipt: what, and how much or which. Nothing unknown is shown as 0. */
export interface Fact {
  name: string;
  value: string;
  /** Written as code, to be copied: an id. */
  isCode?: true;
}

type Texts = (key: string) => string;

/** What is said of an answer beside its models, in the order of a receipt. */
export function receiptFacts(message: Message, t: TFunction, format: Format): Fact[] {
  const { provider, usage, first_content_ms: firstMs, duration_ms: durationMs } = message;
  const speed = tokensPerSecond(message);
  const generationIds = (message.steps ?? []).flatMap(({ generation_id: id }) => id ?? []);
  const unknown = t('common.unknown');
  return [
    { name: t('chat.factProvider'), value: provider ?? unknown },
    { name: t('chat.factTokensIn'), value: tokensIn(usage ?? null, t, format) },
    { name: t('chat.factTokensOut'), value: tokensOut(usage ?? null, t, format) },
    { name: t('chat.factCost'), value: costText(usage ?? null, t, format) },
    {
      name: t('chat.factFirstToken'),
      value: firstMs == null ? unknown : format.duration(firstMs),
    },
    {
      name: t('chat.factDuration'),
      value: durationMs == null ? unknown : format.duration(durationMs),
    },
    ...((message.steps ?? []).length > 1
      ? []
      : [
          {
            name: t('chat.factSpeed'),
            value: speed === null ? unknown : t('chat.perSecond', { tokens: format.count(speed) }),
          },
        ]),
    ...(generationIds.length === 0
      ? [{ name: t('chat.factGeneration'), value: unknown }]
      : generationIds.map((id) => ({
          name: t('chat.factGeneration'),
          value: id,
          isCode: true as const,
        }))),
  ];
}

/** What was charged, exactly; in words when nobody said. */
export function costText(usage: Usage | null, t: TFunction, format: Format): string {
  const cost = usage?.cost;
  if (cost == null) return t('common.unknown');
  const byok = usage?.is_byok ? usage.cost_details?.upstream_inference_cost : null;
  if (byok == null) return format.charge(cost);
  return t('chat.costByok', { cost: format.charge(cost), upstream: format.charge(byok) });
}

/** One call of the model in a line; for answers that took several. */
export function stepText(step: RunStep, t: TFunction, format: Format): string {
  return [
    step.provider ?? t('common.unknown'),
    t('chat.tokensIn', { tokens: count(step.usage?.prompt_tokens, t, format) }),
    t('chat.tokensOut', { tokens: count(step.usage?.completion_tokens, t, format) }),
    costText(step.usage, t, format),
  ].join(' · ');
}

/** Attempts that failed or were spared before the one that answered. */
export function failedAttempts(steps: readonly RunStep[]): TracedAttempt[] {
  return steps.flatMap(
    ({ trace }) => trace?.attempts.filter(({ reason }) => reason !== null) ?? [],
  );
}

/** Why an attempt failed, in words. */
export function attemptReason({ reason }: TracedAttempt, t: TFunction): string {
  if (reason === null) return '';
  return reason === 'circuit_open' ? t('chat.attemptSpared') : (t as Texts)(`errors.${reason}`);
}

/**
 * The price of the model that answered against the one asked for, per million tokens; `null` where
 * nobody else answered, or the difference is unknown.
 */
export function priceDifference(
  steps: readonly RunStep[],
  t: TFunction,
  format: Format,
): string | null {
  const delta = steps.findLast(({ trace }) => trace?.cost_delta)?.trace?.cost_delta;
  if (!delta) return null;
  const signed = (usd: number) => `${usd < 0 ? '−' : '+'}${format.price(Math.abs(usd))}`;
  const [prompt, completion] = [Number(delta.prompt), Number(delta.completion)];
  if (prompt === 0 && completion === 0) return t('chat.samePrice');
  return t('chat.priceDifference', { prompt: signed(prompt), completion: signed(completion) });
}

function tokensIn(usage: Usage | null, t: TFunction, format: Format): string {
  const cached = usage?.prompt_tokens_details?.cached_tokens;
  return withDetail(
    count(usage?.prompt_tokens, t, format),
    cached ? t('chat.tokensCached', { tokens: format.count(cached) }) : null,
  );
}

function tokensOut(usage: Usage | null, t: TFunction, format: Format): string {
  const reasoning = usage?.completion_tokens_details?.reasoning_tokens;
  return withDetail(
    count(usage?.completion_tokens, t, format),
    reasoning ? t('chat.tokensReasoning', { tokens: format.count(reasoning) }) : null,
  );
}

function withDetail(text: string, detail: string | null): string {
  return detail === null ? text : `${text} (${detail})`;
}

function count(tokens: number | null | undefined, t: TFunction, format: Format): string {
  return tokens == null ? t('common.unknown') : format.count(tokens);
}

/** From the first content to the end; `null` when one of them is unknown or too close to the other. */
function tokensPerSecond({ usage, first_content_ms: first, duration_ms: whole }: Message) {
  const tokens = usage?.completion_tokens;
  if (tokens == null || first == null || whole == null || whole - first < 50) return null;
  return Math.round((tokens / (whole - first)) * 1000);
}
