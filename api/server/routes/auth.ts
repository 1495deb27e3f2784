import type { Logger } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { ACCESS_TOKEN_LIFETIME_MS } from '../auth/access-token.ts';
import { loginSchema, registerSchema } from '../auth/credentials.ts';
import { hashPassword, verifyPassword } from '../auth/passwords.ts';
import { toPublicUser, type PublicUser } from '../auth/public-user.ts';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from '../auth/refresh-cookie.ts';
import type { IssuedSession, SessionService } from '../auth/session-service.ts';
import type { User } from '../database/schema.ts';
import { clearConnectCookie } from '../keys/connect-cookie.ts';
import {
  limitByAddress,
  limitFailuresByEmail,
  type AuthLimits,
} from '../middleware/auth-limits.ts';
import { parseBody, smallJsonBody } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import { createLocalTokenHandler, type LocalTokenDependencies } from './local-token.ts';

/** What the routes work with. */
export interface AuthRouteDependencies extends LocalTokenDependencies {
  sessionService: SessionService;
  isRegistrationAllowed: boolean;
  limits: AuthLimits;
  logger: Logger;
}

/** Registration, sign-in, and what keeps someone signed in, in LibreChat's shapes. */
export function createAuthRouter(dependencies: AuthRouteDependencies): Router {
  const { limits } = dependencies;
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store'); // Answers hold tokens.
    next();
  });
  router.post(
    '/register',
    limitByAddress(limits.registerPerAddress),
    smallJsonBody,
    createRegisterHandler(dependencies),
  );
  router.post(
    '/login',
    limitByAddress(limits.loginPerAddress),
    smallJsonBody,
    limitFailuresByEmail(limits.failedLoginPerEmail),
    createLoginHandler(dependencies),
  );
  router.post(
    '/refresh',
    limitByAddress(limits.refreshPerAddress),
    createRefreshHandler(dependencies),
  );
  router.post('/logout', createLogoutHandler(dependencies));
  router.post(
    '/local-token',
    limitByAddress(limits.loginPerAddress),
    smallJsonBody,
    createLocalTokenHandler(dependencies),
  );
  router.all(
    ['/register', '/login', '/refresh', '/logout', '/local-token'],
    refuseOtherMethods('POST'),
  );
  return router;
}

function createRegisterHandler(dependencies: AuthRouteDependencies): RequestHandler {
  const { users, sessionService, isRegistrationAllowed, logger } = dependencies;
  const signIn = createSignIn(dependencies);
  return async function handleRegister(request, response) {
    const { name, email, username, password } = parseBody(request, registerSchema);
    const registration = await users.register(
      {
        name,
        email,
        username: username ?? email.slice(0, email.indexOf('@')),
        passwordHash: await hashPassword(password),
      },
      isRegistrationAllowed,
    );

    switch (registration.outcome) {
      case 'closed':
        throw new RequestError('permission_denied', 'Registration is closed.', {
          action: 'Ask an admin for an account.',
        });
      case 'email-taken':
        throw new RequestError('conflict', 'There is an account with this email address.', {
          action: 'Sign in, or register with another address.',
        });
      case 'created': {
        const { user } = registration;
        logger.info('An account was created', { userId: user.id, role: user.role });
        const session = await sessionService.start(user.id);
        const signedIn = await signIn(request, response, user, session);
        clearConnectCookie(request, response);
        response.json({ message: 'Registration successful', ...signedIn });
        break;
      }
      default:
        registration satisfies never;
    }
  };
}

function createLoginHandler(dependencies: AuthRouteDependencies): RequestHandler {
  const { users, sessionService } = dependencies;
  const signIn = createSignIn(dependencies);
  return async function handleLogin(request, response) {
    const { email, password } = parseBody(request, loginSchema);
    const user = await users.findByEmail(email);
    const isRight = await verifyPassword(user?.passwordHash ?? null, password);
    if (!user || !isRight) {
      throw new RequestError('unauthenticated', 'The email address or the password is wrong.', {
        action: 'Check both and try again.',
      });
    }
    const session = await sessionService.start(user.id);
    const signedIn = await signIn(request, response, user, session);
    clearConnectCookie(request, response);
    response.json(signedIn);
  };
}

function createRefreshHandler(dependencies: AuthRouteDependencies): RequestHandler {
  const { users, sessionService } = dependencies;
  const signIn = createSignIn(dependencies);
  return async function handleRefresh(request, response) {
    const cookie = readRefreshCookie(request);
    const session = cookie === null ? null : await sessionService.refresh(cookie);
    const user = session && (await users.findById(session.userId));
    if (!user) {
      throw new RequestError('unauthenticated', 'You are not signed in.', { action: 'Sign in.' });
    }
    response.json(await signIn(request, response, user, session));
  };
}

function createLogoutHandler({ sessionService }: AuthRouteDependencies): RequestHandler {
  return async function handleLogout(request, response) {
    const cookie = readRefreshCookie(request);
    if (cookie !== null) await sessionService.end(cookie);
    clearRefreshCookie(request, response);
    clearConnectCookie(request, response);
    response.json({ message: 'Signed out' });
  };
}

/** Hands out both tokens: the refresh token as a cookie, the access token in the answer. */
function createSignIn({ accessTokens }: AuthRouteDependencies) {
  return async function signIn(
    request: Request,
    response: Response,
    user: User,
    session: IssuedSession,
  ): Promise<{ token: string; user: PublicUser }> {
    setRefreshCookie(request, response, session);
    const token = await accessTokens.sign({ userId: user.id }, ACCESS_TOKEN_LIFETIME_MS);
    return { token, user: toPublicUser(user) };
  };
}
