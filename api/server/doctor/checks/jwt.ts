import { randomUUID } from 'node:crypto';
import type { DoctorStep } from '@openrouter-native/openrouter';
import { createAccessTokens } from '../../auth/access-token.ts';
import type { Config } from '../../config.ts';

const NAMES = ['JWT_SECRET', 'JWT_REFRESH_SECRET', 'CREDS_KEY'];
const LIFETIME_MS = 60_000;

/** Does a token that the server makes open the server again? */
export function createJwtCheck({ secrets, settings }: Config): DoctorStep {
  return {
    id: 'jwt',
    title: 'Sign-in tokens (JWT)',
    async run({ now }) {
      const userId = randomUUID();
      const token = await createAccessTokens(secrets.jwt, now).sign({ userId }, LIFETIME_MS);
      const identity = await createAccessTokens(secrets.jwt, now).verify(token);
      const evidence = NAMES.map((name) => {
        const source = settings.find((setting) => setting.name === name)?.source;
        return `${name} is from ${source ?? 'secrets.json in DATA_DIR'}.`;
      });
      if (identity?.userId !== userId) {
        return {
          status: 'failed',
          cause: 'jwt_failed',
          evidence: ['A token that was just made is refused.', ...evidence],
        };
      }
      return { status: 'ok', evidence: ['A token that was just made is accepted.', ...evidence] };
    },
  };
}
