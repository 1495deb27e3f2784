/** At once. */
export const READERS = 300;

/** The process at rest: no reader is there. */
export interface SoakState {
  /** After garbage collection. */
  heapBytes: number;
  timers: number;
  /** Connections to upstream, kept for the next request; at most one for each reader. */
  sockets: number;
  /** Exchanges with upstream that have not ended. */
  running: number;
}

/** What one run of many readers counted. */
export interface Soak {
  counts: {
    asked: number;
    complete: number;
    /** With exactly one error that names its reason. */
    failed: number;
    left: number;
    /** Readers whose answer ended in no way, or in two. */
    wrong: string[];
  };
  /** Calls of upstream. */
  exchanges: number;
  /** Lines in the log that say how a request ended. */
  records: number;
  /** After a third of the time. */
  before: SoakState;
  /** After all of it. */
  after: SoakState;
  /** Connections to upstream once the server is closed. */
  socketsAtTheEnd: number;
}
