import { randomBytes } from 'node:crypto';

const FORM = /^agent_[\w-]{21}$/;

/** A new id, in LibreChat's form: its clients take an id without the prefix for no saved agent. */
export function createAgentId(random: (bytes: number) => Buffer = randomBytes): string {
  return `agent_${random(16).toString('base64url').slice(0, 21)}`;
}

/** Whether an agent could have this id. */
export function isAgentId(id: string): boolean {
  return FORM.test(id);
}
