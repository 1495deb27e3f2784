/** The server cannot start, for a reason that the person who starts it can change. One sentence. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
