import { createErrorBody } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../services-context.ts';
import { idle, reduceDoctor, type DoctorState } from './state.ts';

/** Runs the doctor of the server, one examination at a time. Leaving the page ends it. */
export function useDoctor() {
  const { host } = useServices();
  const [state, setState] = useState<DoctorState>(idle);
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  function stop() {
    running.current?.abort();
  }

  async function run(asked: { completions: boolean }) {
    stop();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    setState({ ...idle, status: 'running' });
    try {
      for await (const event of host.examine({ ...asked, publicUrl: publicUrl() }, signal)) {
        setState((current) => reduceDoctor(current, event));
      }
      setState((current) => (current.status === 'done' ? current : cutOff(current)));
    } catch (error) {
      if (running.current !== controller) return; // A newer run has taken over.
      setState((current) =>
        signal.aborted
          ? { ...current, status: 'idle' }
          : { ...current, status: 'failed', error: toApiError(error).details },
      );
    }
  }

  return { state, run, stop };
}

function cutOff(state: DoctorState): DoctorState {
  const { error } = createErrorBody(
    'stream_cut',
    'The connection ended before the examination did.',
  );
  return { ...state, status: 'failed', error };
}

/** On the server's own machine there is no way in between that could hold streams back. */
function publicUrl(): string | null {
  const { hostname, origin } = window.location;
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) ? null : origin;
}
