import { examine } from '@openrouter-native/openrouter';
import type { DoctorRouteOptions } from '@openrouter-native/plugin';
import type { Request, RequestHandler } from 'express';
import { doctorToken } from '../auth/purpose-token.ts';
import type { Config } from '../config.ts';
import { patientOf } from '../doctor/patient.ts';
import { hostSteps } from '../doctor/steps.ts';
import { createRequireDoctor } from '../routes/doctor-state.ts';
import type { Upstream } from './upstream.ts';

/** What the doctor of a running server works with. */
export interface DoctorServiceDependencies {
  config: Config;
  upstream: Upstream | null;
  /** Stands alone: signed in, and an admin. */
  requireAdmin: RequestHandler;
  /** Reads the configuration anew. @throws ConfigError */
  readConfig: () => Config;
  now: () => number;
}

/** Examines the server from within, as an admin asks for it; its own routes over HTTP. */
export function createDoctorService(dependencies: DoctorServiceDependencies): DoctorRouteOptions {
  const { config, upstream, requireAdmin, readConfig, now } = dependencies;
  const { jwt } = config.secrets;
  return {
    requireAdmin,
    requireStreamReader: createRequireDoctor(jwt, requireAdmin),
    examine({ request, skipCompletions, publicUrl, signal, onBegin, onCheck }) {
      const checks = hostSteps({
        config,
        readConfig,
        target: { localUrl: localUrlOf(request), publicUrl, token: () => doctorToken.sign(jwt) },
      });
      onBegin(checks.map(({ id, title }) => ({ id, title })));
      const patient = patientOf(config, upstream);
      return examine({ patient, checks, skipCompletions, signal, onCheck, now });
    },
  };
}

/** Where this very request came in: the one address that is certain to lead here. */
function localUrlOf({ socket }: Request): string {
  const address = (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const host = address.includes(':') ? `[${address}]` : address;
  return `http://${host}:${socket.localPort}`;
}
