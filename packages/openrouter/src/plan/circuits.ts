import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
  type IBreaker,
} from 'cockatiel';
import type { ErrorReason } from '@openrouter-native/protocol';
import { isOpenRouterError } from '../errors.ts';

export interface CircuitOptions {
  /** Failures in a row that open a circuit; more where many calls are under way. @defaultValue 5 */
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
  /** Milliseconds, at least a second, until a circuit that passed a call over may let one through. */
  waitMs(route: string, model: string): number;
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
/** Models come from requests: the circuits that were not used for longest are forgotten. */
const MAX_CIRCUITS = 1_000;
/** Longer names are no model's; they share one circuit. */
const MAX_MODEL_CHARACTERS = 200;
const MIN_WAIT_MS = 1_000;

/** Of the circuits that are told about. */
const STATES = new Map<CircuitState, 'open' | 'half-open'>([
  [CircuitState.Open, 'open'],
  [CircuitState.HalfOpen, 'half-open'],
]);

interface Circuit {
  readonly route: string;
  readonly model: string;
  readonly policy: CircuitBreakerPolicy;
  /** Calls that are under way. */
  running: number;
  /** Epoch milliseconds of the next probe, as of the last opening. */
  probeAt: number;
}

export function createCircuits(options: CircuitOptions): Circuits {
  const circuits = new Map<string, Circuit>();

  function circuitOf(route: string, name: string): Circuit {
    const model = name.length > MAX_MODEL_CHARACTERS ? '' : name;
    const key = `${route} ${model}`;
    const circuit = circuits.get(key) ?? createCircuit(route, model, options);
    circuits.delete(key);
    circuits.set(key, circuit); // Now the latest.
    const [oldest] = circuits.keys();
    if (circuits.size > MAX_CIRCUITS && oldest !== undefined) circuits.delete(oldest);
    return circuit;
  }

  return {
    async run(route, model, call) {
      const circuit = circuitOf(route, model);
      const { policy } = circuit;
      if (policy.state === CircuitState.HalfOpen) return PASSED_OVER; // Waiting could take minutes.
      circuit.running += 1;
      try {
        return await policy.execute(call);
      } catch (error) {
        if (error instanceof BrokenCircuitError) return PASSED_OVER;
        throw error;
      } finally {
        circuit.running -= 1;
      }
    },
    waitMs: (route, model) => Math.max(MIN_WAIT_MS, circuitOf(route, model).probeAt - Date.now()),
    open: () =>
      [...circuits.values()].flatMap(({ route, model, policy }) => {
        const state = STATES.get(policy.state);
        return state === undefined ? [] : [{ route, model, state }];
      }),
  };
}

function createCircuit(route: string, model: string, options: CircuitOptions): Circuit {
  const policy: CircuitBreakerPolicy = circuitBreaker(
    // A probe whose reader left has shown nothing: the circuit stays open.
    handleWhen((error) =>
      isOpenRouterError(error) ? COUNTED.has(error.reason) : policy.state === CircuitState.HalfOpen,
    ),
    {
      breaker: createBreaker(options.failures, () => circuit.running - 1),
      halfOpenAfter: options.halfOpenAfterMs,
    },
  );
  const circuit: Circuit = { route, model, policy, running: 0, probeAt: 0 };
  policy.onBreak(() => {
    circuit.probeAt = Date.now() + options.halfOpenAfterMs;
  });
  return circuit;
}

/**
 * Counts failures in a row. Failures come at once and answers take their time, so among many calls a
 * few failures come first though most will be answered: there must be as many as may yet succeed.
 */
function createBreaker(failures: number, others: () => number): IBreaker {
  let inARow = 0;
  return {
    state: null,
    success() {
      inARow = 0;
    },
    failure() {
      inARow += 1;
      return inARow >= Math.max(failures, others());
    },
  };
}
