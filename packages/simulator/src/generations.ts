import type { Usage } from '@openrouter-native/protocol';
import type { ApiKey } from './accounts/accounts.ts';

/** The bookkeeping of one answer, as `GET /generation` shows it. */
export interface GenerationRecord {
  readonly id: string;
  readonly key: ApiKey;
  readonly model: string;
  readonly provider: string;
  readonly createdAt: number;
  readonly usage: Usage & { cost: number };
  readonly streamed: boolean;
  readonly cancelled: boolean;
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
  readonly latencyMs: number;
  readonly durationMs: number;
  readonly referer: string | null;
  readonly userAgent: string | null;
  readonly externalUser: string | null;
  readonly sessionId: string | null;
  readonly router: string | null;
  readonly serviceTier: string | null;
  readonly cacheSourceId: string | null;
  readonly mediaInPrompt: number;
  readonly mediaInCompletion: number;
  readonly searches: number;
}

/** The latest generations of one simulator. */
export interface Generations {
  add(record: GenerationRecord): void;
  /** `undefined` for an unknown id, for another account's, and for a moment after the end. */
  find(id: string, key: ApiKey): GenerationRecord | undefined;
}

const MAX_RECORDS = 2000;

/**
 * @param delayMs - How long after its end a generation cannot be found yet. Real time, whatever the
 *   simulator's clock says: it stands for work that upstream does in the background.
 */
export function createGenerations(delayMs: number): Generations {
  const records = new Map<string, { record: GenerationRecord; readyAt: number }>();
  return {
    add(record) {
      records.set(record.id, { record, readyAt: performance.now() + delayMs });
      if (records.size <= MAX_RECORDS) return;
      const [oldest] = records.keys();
      if (oldest !== undefined) records.delete(oldest);
    },
    find(id, { account }) {
      const entry = records.get(id);
      if (!entry || entry.readyAt > performance.now()) return undefined;
      return entry.record.key.account === account ? entry.record : undefined;
    },
  };
}

/** @see https://openrouter.ai/docs/api-reference/get-a-generation */
export function describeGeneration(record: GenerationRecord): Record<string, unknown> {
  const { usage } = record;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  const images = Number(usage.completion_tokens_details?.['image_tokens'] ?? 0);
  return {
    id: record.id,
    upstream_id: null,
    model: record.model,
    provider_name: record.provider,
    created_at: new Date(record.createdAt).toISOString(),
    origin: record.referer ?? '',
    http_referer: record.referer,
    user_agent: record.userAgent,
    app_id: null,
    external_user: record.externalUser,
    api_type: 'completions',
    streamed: record.streamed,
    cancelled: record.cancelled,
    is_byok: false,
    data_region: 'global',
    usage: usage.cost,
    total_cost: usage.cost,
    upstream_inference_cost: null,
    cache_discount: null,
    latency: Math.round(record.latencyMs),
    generation_time: Math.round(record.durationMs),
    moderation_latency: null,
    finish_reason: record.finishReason,
    native_finish_reason: record.nativeFinishReason,
    tokens_prompt: usage.prompt_tokens,
    tokens_completion: usage.completion_tokens,
    native_tokens_prompt: usage.prompt_tokens,
    native_tokens_completion: usage.completion_tokens,
    native_tokens_reasoning: reasoning,
    native_tokens_cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
    native_tokens_completion_images: images,
    num_media_prompt: record.mediaInPrompt,
    num_media_completion: record.mediaInCompletion,
    num_input_audio_prompt: 0,
    num_search_results: record.searches,
    num_fetches: 0,
    web_search_engine: record.searches > 0 ? 'native' : null,
    preset_id: null,
    router: record.router,
    service_tier: record.serviceTier,
    session_id: record.sessionId,
    workspace_id: null,
    response_cache_source_id: record.cacheSourceId,
    provider_responses: [
      {
        provider_name: record.provider,
        status: 200,
        latency: Math.round(record.latencyMs),
        is_byok: false,
      },
    ],
  };
}
