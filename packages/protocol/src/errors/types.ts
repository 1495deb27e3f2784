/** The coarse class of an error; what a client of OpenAI's protocol switches on. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'insufficient_credits'
  | 'permission_error'
  | 'not_found_error'
  | 'timeout_error'
  | 'payload_too_large'
  | 'rate_limit_error'
  | 'internal_error'
  | 'provider_error'
  | 'service_unavailable';

const TYPES: Readonly<Record<number, ErrorType>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'insufficient_credits',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  413: 'payload_too_large',
  429: 'rate_limit_error',
  500: 'internal_error',
  502: 'provider_error',
  503: 'service_unavailable',
  504: 'timeout_error',
};

/** The class of a failure with this HTTP status, so that the two never contradict each other. */
export function errorTypeOf(status: number): ErrorType {
  return TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'provider_error');
}
