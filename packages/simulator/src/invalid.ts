import { ApiError } from './errors.ts';

/** A 400 about one field of a body: `messages.0.role: must be a string`. */
export function invalidField(field: string, problem: string): ApiError {
  return new ApiError(400, `${field}: ${problem}`, {
    metadata: { error_type: 'invalid_request' },
  });
}
