import type { RequestHandler } from 'express';
import type { PermitOf, Scope } from '../permit.ts';
import { RequestError } from '../request-error.ts';

/** Lets requests pass whose sender may use this route. */
export function requireScope(scope: Scope, permitOf: PermitOf): RequestHandler {
  return function requirePermission(request, response, next) {
    const scopes = permitOf(request, response)?.scopes;
    if (scopes === undefined || scopes.includes(scope)) return next();
    throw new RequestError(
      'permission_denied',
      `This needs the scope ${scope}, which is missing.`,
      {
        action: `Use credentials with the scope ${scope}.`,
        metadata: { scope, scopes: [...scopes] },
      },
    );
  };
}
