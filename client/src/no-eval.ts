import { config } from 'zod';

// Zod probes for `eval` while schemas are built, and the content security policy reports the probe.
// Imported first of all, because the schemas of `protocol` are built when that package is imported.
config({ jitless: true });
