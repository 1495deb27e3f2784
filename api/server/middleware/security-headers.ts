import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Security headers for the page and the API.
 *
 * The page loads from and talks to this server only, except for pictures inside an answer itself: one
 * on a foreign server would tell that server who reads, and could carry words out. Nothing here assumes https: `http://localhost` and a machine in the
 * local network have to work, and a reverse proxy that ends TLS adds its own HSTS.
 *
 * `blob:` is for the user's files: a picture's address cannot carry the access token, so the page
 * fetches the bytes and shows them from its own memory.
 */
export function createSecurityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'self'"],
      },
    },
    strictTransportSecurity: false,
    // Browsers ignore both on plain http, and say so in the console of every page.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
}
