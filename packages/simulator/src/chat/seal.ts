import { createHmac } from 'node:crypto';

/** No secret: it tells what was changed from what was not, in every simulator of every day. */
const KEY = 'openrouter-simulator';

/** Of an encrypted block, at its end. */
const SEAL_BYTES = 32;
/** What a call is known by, who made it, and the thoughts that led to it. */
const CALL_ID = /^call_([a-z0-9]{12})([a-z0-9]{4})([a-z0-9]{8})$/;

/** What the thoughts of a turn come to, block after block; it depends on their order. */
export type Chain = string;

export const noThoughts: Chain = '';

/** The chain with one more block. */
export function addThought(chain: Chain, type: string, content: string): Chain {
  return seal('thought', chain, type, content).toString('base64');
}

/** The signature of a block, which holds for the blocks before it as well. */
export function signThought(family: string, chain: Chain, text: string): string {
  return seal('signature', family, chain, text).toString('base64');
}

/** An encrypted block that holds for the blocks before it as well. */
export function encryptThought(family: string, chain: Chain, secret: Buffer): string {
  return Buffer.concat([secret, dataSeal(family, chain, secret)]).toString('base64');
}

/** Whether a block is one that {@link encryptThought} made behind this chain. */
export function isEncryptedThought(family: string, chain: Chain, data: string): boolean {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.toString('base64') !== data) return false;
  const secret = bytes.subarray(0, -SEAL_BYTES);
  return dataSeal(family, chain, secret).equals(bytes.subarray(-SEAL_BYTES));
}

/** The id of a call that tells of the thoughts that led to it: who had them, and which they were. */
export function markCallId(id: string, family: string, chain: Chain): string {
  const stem = id.slice(0, -12);
  return `${stem}${makerMark(stem, family)}${chainMark(stem, chain)}`;
}

/**
 * Compares a call with the thoughts that are sent back with it.
 *
 * @returns `null` for a call of which no thoughts of this family are known.
 */
export function matchesCallId(id: string, family: string, chain: Chain): boolean | null {
  const [, stem, maker, thoughts] = CALL_ID.exec(id) ?? [];
  if (stem === undefined || maker !== makerMark(`call_${stem}`, family)) return null;
  return thoughts === chainMark(`call_${stem}`, chain);
}

function dataSeal(family: string, chain: Chain, secret: Buffer): Buffer {
  return seal('data', family, chain, secret.toString('base64')).subarray(0, SEAL_BYTES);
}

function makerMark(stem: string, family: string): string {
  return mark(seal('maker', family, stem), 4);
}

function chainMark(stem: string, chain: Chain): string {
  return mark(seal('chain', chain, stem), 8);
}

function mark(sealed: Buffer, length: number): string {
  return [...sealed.subarray(0, length)].map((byte) => (byte % 36).toString(36)).join('');
}

function seal(...parts: readonly string[]): Buffer {
  return createHmac('sha512', KEY).update(JSON.stringify(parts)).digest();
}
