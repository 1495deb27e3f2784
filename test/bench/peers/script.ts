/** Chunks with a word in an answer that is streamed at once. */
export const SCRIPTED_CHUNKS = 20;

/**
 * Stands in every chunk with a word once, and nowhere else: whoever counts it need not care how the
 * bytes were split on their way.
 */
export const TOKEN_MARK = '~';
