import type { DoctorStep } from '@openrouter-native/openrouter';
import { ConfigError, type Config } from '../../config.ts';
import { askServer } from '../ask-server.ts';
import { differences, fingerprintOf } from '../fingerprint.ts';
import { serverStateSchema, STATE_PATH } from '../state.ts';
import { reasonToSkip, type DoctorTarget } from '../target.ts';

/** Does the running server know the configuration as it is now, or was it never restarted? */
export function createServerRestartedCheck(
  { localUrl, token }: DoctorTarget,
  /** Reads the configuration anew. @throws ConfigError */
  readConfig: () => Config,
): DoctorStep {
  return {
    id: 'server_restarted',
    title: 'Server restarted since the last change',
    async run({ signal }, earlier) {
      const reason = reasonToSkip(earlier);
      if (reason !== null) return { status: 'skipped', evidence: [reason] };
      const headers = { Authorization: `Bearer ${await token()}` };
      const answer = await askServer(`${localUrl}${STATE_PATH}`, headers, signal);
      if ('code' in answer) {
        return { status: 'skipped', evidence: [`${localUrl} did not answer: ${answer.code}.`] };
      }
      if (answer.status === 401) {
        return outdated('It signs with another JWT_SECRET than the one that is set now.');
      }
      const state = serverStateSchema.safeParse(parseJson(answer.text));
      if (!state.success) {
        return outdated(`It answered ${answer.status}, as an older version of it would.`);
      }
      return compare(state.data);
    },
  };

  function compare({
    started_at,
    fingerprint,
  }: {
    started_at: string;
    fingerprint: Record<string, string>;
  }) {
    const since = `It runs since ${started_at}.`;
    try {
      const changed = differences(fingerprint, fingerprintOf(readConfig()));
      if (changed.length > 0) {
        return outdated(since, `Changed since, or set differently here: ${changed.join(', ')}.`);
      }
      return {
        status: 'ok' as const,
        evidence: [since, 'Its configuration is the one that is set now.'],
      };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const names = error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
      return outdated(since, 'Changed since, and it would not start again:', ...names);
    }
  }
}

function outdated(...evidence: string[]) {
  return { status: 'warning' as const, cause: 'server_outdated' as const, evidence };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
