import { Router } from 'express';
import { limitRemainingUsd, usageByPeriod, type ApiKey } from '../accounts.ts';
import { requireKey, requireManagementKey } from '../authenticate.ts';
import type { SimulatorContext } from '../context.ts';

/** `GET /credits`, and `GET /key` with its old path. */
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
    creator_user_id: key.account.userId,
    expires_at: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
    rate_limit: {
      requests: -1,
      interval: '10s',
      note: 'This field is deprecated and safe to ignore.',
    },
  };
}
