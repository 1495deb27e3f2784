import type {
  DoctorCheck,
  DoctorEvent,
  DoctorReport,
  ErrorBody,
} from '@openrouter-native/protocol';

/** One examination as the page knows it. */
export interface DoctorState {
  status: 'idle' | 'running' | 'done' | 'failed';
  /** What is going to be checked; empty until the server told. */
  planned: readonly { id: string; title: string }[];
  /** What was checked so far. */
  checks: readonly DoctorCheck[];
  /** `null` until all is done. */
  report: DoctorReport | null;
  markdown: string;
  /** Why there is no report. */
  error: ErrorBody['error'] | null;
}

export const idle: DoctorState = {
  status: 'idle',
  planned: [],
  checks: [],
  report: null,
  markdown: '',
  error: null,
};

/** The next state after one event of the server. Pure. */
export function reduceDoctor(state: DoctorState, event: DoctorEvent): DoctorState {
  switch (event.type) {
    case 'begin':
      return { ...state, planned: event.checks };
    case 'check':
      return { ...state, checks: [...state.checks, event.check] };
    case 'report':
      return { ...state, status: 'done', report: event.report, markdown: event.markdown };
    default:
      return event satisfies never;
  }
}
