import type { RequestHandler } from 'express';
import { doctorToken } from '../auth/purpose-token.ts';
import type { Config } from '../config.ts';
import { fingerprintOf } from '../doctor/fingerprint.ts';
import type { ServerState } from '../doctor/state.ts';
import { bearerOf } from '../middleware/require-auth.ts';

/** What the state is made of. */
export interface DoctorStateDependencies {
  config: Config;
  /** Epoch milliseconds. */
  now: () => number;
}

/** `GET /api/admin/doctor-state`: whether the server was restarted since its settings changed. */
export function createDoctorStateHandler({ config, now }: DoctorStateDependencies): RequestHandler {
  const state: ServerState = {
    started_at: new Date(now()).toISOString(),
    fingerprint: fingerprintOf(config),
  };
  return function handleDoctorState(_request, response) {
    response.set('Cache-Control', 'no-store').json(state);
  };
}

/** Lets the doctor pass, and whoever passes the other guard. */
export function createRequireDoctor(secret: string, otherwise: RequestHandler): RequestHandler {
  return async function requireDoctor(request, response, next) {
    const token = bearerOf(request);
    if (token !== undefined && (await doctorToken.isValid(token, secret))) return next();
    await otherwise(request, response, next);
  };
}
