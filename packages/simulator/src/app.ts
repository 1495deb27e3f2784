import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { requestFacts, type RequestFacts, type SimulatorContext } from './context.ts';
import { ApiError, toErrorObject } from './errors.ts';
import { createAccountRoutes } from './routes/account.ts';
import { createScriptFollower } from './follow-script.ts';
import { createIntake } from './intake.ts';
import type { Recorder } from './record.ts';
import { createAuthRoutes, createConsentRoutes } from './routes/auth.ts';
import { createChatRoutes } from './routes/chat.ts';
import { createControlRoutes } from './routes/control.ts';
import { createModelRoutes } from './routes/models.ts';

/** The API as an Express application: intake, routes, and OpenRouter's own words for what is left. */
export function createApp(
  context: SimulatorContext,
  recorder: Recorder,
  hasControlRoutes: boolean,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  if (hasControlRoutes) {
    app.use('/__simulator', createControlRoutes(context.rules, recorder.requests));
  }
  app.use(createIntake(context), recorder.middleware, createScriptFollower(context.rules));
  app.use(createConsentRoutes(context));
  app.use(
    '/api/v1',
    createModelRoutes(context),
    createAccountRoutes(context),
    createAuthRoutes(context),
    createChatRoutes(context),
  );
  app.use(handleUnknownRoute);
  app.use(handleError);
  return app;
}

const handleUnknownRoute: RequestHandler = (request) => {
  throw new ApiError(404, `Not Found: ${request.method} ${request.path}`);
};

const handleError: ErrorRequestHandler = (cause: unknown, _request, response, _next) => {
  const error = toApiError(cause);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // A body that could not be read, and a control route, have no facts.
  const facts: RequestFacts | undefined = requestFacts(response);
  response
    .status(error.status)
    .set(error.details.headers ?? {})
    .json({
      error: toErrorObject(error),
      ...(facts?.key && { user_id: facts.key.account.userId }),
    });
};

function toApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  const status = (cause as { status?: unknown } | null)?.status;
  if (status === 413) {
    return new ApiError(413, 'Request body is too large', {
      metadata: { error_type: 'payload_too_large' },
    });
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ApiError(status, 'Bad request', { metadata: { error_type: 'invalid_request' } });
  }
  return new ApiError(500, 'Internal Server Error', { metadata: { error_type: 'server' } });
}
