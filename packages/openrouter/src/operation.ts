/** Which call is made: the same status means different things on different routes. */
export type Operation = 'chat' | 'models' | 'endpoints' | 'key' | 'credits' | 'generation' | 'auth';
