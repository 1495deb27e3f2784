import type { DoctorFinding, DoctorStep } from '@openrouter-native/openrouter';
import { healthSchema, type Health } from '@openrouter-native/protocol';
import { askServer } from '../ask-server.ts';
import type { DoctorTarget } from '../target.ts';

/** Does the server run where it should, and did it set up the provider? */
export function createServerRunningCheck({ localUrl }: DoctorTarget): DoctorStep {
  return {
    id: 'server_running',
    title: 'Server runs, provider initialised',
    async run({ signal }) {
      const answer = await askServer(`${localUrl}/api/openrouter/health`, {}, signal);
      if ('code' in answer) {
        return {
          status: 'warning',
          cause: 'server_stopped',
          evidence: [`Nothing answers at ${localUrl}: ${answer.code}.`],
        };
      }
      const health = healthSchema.safeParse(parseJson(answer.text));
      if (health.success) return judge(health.data, localUrl);
      return {
        status: 'failed',
        cause: 'server_fails',
        evidence: [`${localUrl} answered ${answer.status}, and not as this server does.`],
      };
    },
  };
}

function judge({ provider, models, routes, version }: Health, localUrl: string): DoctorFinding {
  const where = `Version ${version} runs at ${localUrl}.`;
  if (!provider.configured) {
    return {
      status: 'failed',
      cause: 'provider_away',
      evidence: [where, 'Its log says “[OpenRouter] Provider not available.”'],
    };
  }
  return {
    status: 'ok',
    evidence: [
      where,
      `Its log says “[OpenRouter] Provider initialized successfully” (mode ${provider.mode}).`,
      describeModels(models),
      ...(routes.resting + routes.open_circuits > 0
        ? [
            `Passed over for now: ${routes.resting} keys, ${routes.open_circuits} models on a route.`,
          ]
        : []),
    ],
  };
}

function describeModels({ count, age_ms: ageMs, stale }: Health['models']): string {
  if (count === null) return 'It has no list of models yet.';
  const minutes = ageMs === null ? null : Math.round(ageMs / 60_000);
  const age = minutes === null ? 'of unknown age' : `${minutes} min old`;
  return `It offers ${count} models; its copy of the list is ${age}${stale ? ', older than it should be' : ''}.`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
