import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { ErrorReason } from '@openrouter-native/protocol';
import { isOpenRouterError } from '../errors.ts';

export interface CircuitOptions {
  /** Failures in a row that open a circuit. @defaultValue 5 */
  failures: number;
  /** Milliseconds until an open circuit lets one call through to see. @defaultValue 15_000 */
  halfOpenAfterMs: number;
}

export const defaultCircuit: CircuitOptions = { failures: 5, halfOpenAfterMs: 15_000 };

/** The call was not made. */
export const PASSED_OVER = Symbol('passed over');

/** One circuit for each route and model: what fails again and again is passed over for a while. */
export interface Circuits {
  /**
   * Runs a call through its circuit.
   *
   * @returns `PASSED_OVER` when the circuit is open, or its one probe is still under way.
   * @throws whatever the call throws.
   */
  run<T>(route: string, model: string, call: () => Promise<T>): Promise<T | typeof PASSED_OVER>;
  /** Every circuit that is not closed. */
  open(): { route: string; model: string; state: 'open' | 'half-open' }[];
}

/** Failures of the provider or the way to it; a bad request opens nothing. */
const COUNTED = new Set<ErrorReason>([
  'provider_error',
  'provider_overloaded',
  'upstream_unreachable',
  'upstream_timeout',
  'stream_cut',
  'stream_stalled',
  'malformed_response',
]);
const MAX_CIRCUITS = 1_000; // Models come from requests; the oldest circuits are forgotten.

export function createCircuits(options: CircuitOptions): Circuits {
  const circuits = new Map<string, CircuitBreakerPolicy>();

  function circuitOf(route: string, model: string): CircuitBreakerPolicy {
    const key = `${route} ${model}`;
    const known = circuits.get(key);
    if (known) return known;
    const [oldest] = circuits.keys();
    if (circuits.size >= MAX_CIRCUITS && oldest !== undefined) circuits.delete(oldest);
    const circuit = circuitBreaker(
      handleWhen((error) => isOpenRouterError(error) && COUNTED.has(error.reason)),
      {
        breaker: new ConsecutiveBreaker(options.failures),
        halfOpenAfter: options.halfOpenAfterMs,
      },
    );
    circuits.set(key, circuit);
    return circuit;
  }

  return {
    async run(route, model, call) {
      const circuit = circuitOf(route, model);
      if (circuit.state === CircuitState.HalfOpen) return PASSED_OVER; // Waiting could take minutes.
      try {
        return await circuit.execute(call);
      } catch (error) {
        if (error instanceof BrokenCircuitError) return PASSED_OVER;
        throw error;
      }
    },
    open: () =>
      [...circuits].flatMap(([key, { state }]) => {
        if (state !== CircuitState.Open && state !== CircuitState.HalfOpen) return [];
        const [route = '', model = ''] = key.split(' ');
        return [
          { route, model, state: state === CircuitState.Open ? 'open' : 'half-open' } as const,
        ];
      }),
  };
}
