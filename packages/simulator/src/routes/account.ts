import { Router } from 'express';
import { limitRemainingUsd, usageByPeriod, type ApiKey } from '../accounts/accounts.ts';
import { freeQuota } from '../accounts/free-tier.ts';
import { requireInferenceKey, requireKey, requireManagementKey } from '../authenticate.ts';
import type { SimulatorContext } from '../context.ts';
import { ApiError } from '../errors.ts';
import { describeGeneration } from '../generations.ts';

/** `GET /credits`, `GET /key` with its old path, and `GET /generation`. */
export function createAccountRoutes(context: SimulatorContext): Router {
  const router = Router();

  router.get('/credits', (_request, response) => {
    const { account } = requireManagementKey(response, context);
    response.json({
      data: { total_credits: account.purchasedUsd, total_usage: account.usageUsd },
    });
  });

  router.get(['/key', '/auth/key'], (_request, response) => {
    const key = requireKey(response, context);
    response.json({ data: describeKey(key, context.now()) });
  });

  router.get('/generation', (request, response) => {
    const key = requireInferenceKey(response, context);
    const { id } = request.query;
    if (typeof id !== 'string' || id === '') {
      throw new ApiError(400, 'id: is required', { metadata: { error_type: 'invalid_request' } });
    }
    const generation = context.generations.find(id, key);
    if (!generation) throw new ApiError(404, `Generation ${id} not found`);
    response.json({ data: describeGeneration(generation) });
  });

  return router;
}

function describeKey(key: ApiKey, now: number): Record<string, unknown> {
  const usage = usageByPeriod(key, now);
  return {
    label: `${key.secret.slice(0, 12)}...${key.secret.slice(-3)}`,
    limit: key.limitUsd,
    limit_remaining: limitRemainingUsd(key, now),
    limit_reset: key.limitReset,
    include_byok_in_limit: false,
    usage: key.usageUsd,
    usage_daily: usage.daily,
    usage_weekly: usage.weekly,
    usage_monthly: usage.monthly,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    is_free_tier: key.account.purchasedUsd === 0,
    is_management_key: key.isManagement,
    is_provisioning_key: key.isManagement,
    free_model_daily_requests: freeQuota(key.account, now),
    allowed_data_regions: ['global'],
    organization_id: null,
    workspace_id: null,
    creator_user_id: key.account.userId,
    expires_at: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
    rate_limit: {
      requests: -1,
      interval: '10s',
      note: 'This field is deprecated and safe to ignore.',
    },
  };
}
