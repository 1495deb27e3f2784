/** What a confined worker is asked. */
export interface Job {
  id: number;
  input: unknown;
}

/** What it answers. */
export type Answer<Output> =
  { id: number; output: Output; error: null } | { id: number; output: null; error: string };
