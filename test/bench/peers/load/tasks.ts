/** Where a question goes, and the bytes of it. */
export interface Question {
  port: number;
  /** A whole HTTP request. */
  bytes: string;
  /** Tokens in every whole answer; another number of them is an error. */
  tokens: number;
}

/** What the load generator can be told to do. Times in milliseconds. */
export interface Tasks {
  /** Asks one after the other on one connection. */
  sequence(task: { question: Question; times: number }): Promise<Timing[]>;
  /** Keeps as many questions under way as there are connections, until either limit is reached. */
  flood(task: {
    question: Question;
    connections: number;
    requests: number;
    limitMs: number;
  }): Promise<Flood>;
  /** Opens endless streams and keeps them. Resolves when each has its first token. */
  openReaders(task: { question: Question; readers: number }): Promise<null>;
  /** What all open readers have got so far. */
  countTokens(task: null): Promise<{ tokens: number; reads: number }>;
  closeReaders(task: null): Promise<null>;
  /** Asks, and leaves at the first token. @returns Epoch milliseconds of leaving. */
  leave(task: { question: Question }): Promise<number>;
}

export interface Timing {
  firstTokenMs: number | null;
  totalMs: number;
}

export interface Flood {
  requests: number;
  seconds: number;
}
