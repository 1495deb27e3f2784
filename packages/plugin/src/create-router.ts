import type { Router } from 'express';
import PromiseRouter from 'router';

/**
 * The router of Express 5, in hosts with Express 4 too: their own does not look at the promise of a
 * handler, so the first rejection would end the process instead of reaching an error handler.
 */
export function createRouter(): Router {
  return PromiseRouter() as unknown as Router; // Its types are declared apart from those of Express.
}
