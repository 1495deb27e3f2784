import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

/** Seals short secrets, so that who reads the database alone learns none of them. */
export interface SecretBox {
  /**
   * @param context - What the secret is and whose. It is not hidden in the result, but tied to it: a
   *   sealed text that somebody moves to another row cannot be opened there.
   */
  seal(secret: string, context: readonly string[]): string;
  /** @returns `null` when it was sealed with another key or for another context, or is damaged. */
  open(sealed: string, context: readonly string[]): string | null;
}

/** Of the format below; another one would get another name. */
const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12; // As the standard recommends; random ones may seal 2^32 secrets with one key.
const TAG_BYTES = 16;

/**
 * AES-256-GCM. A sealed text is `v1.` and, in base64url, nonce, tag and ciphertext.
 *
 * @param hexKey - 64 hexadecimal digits: `CREDS_KEY`.
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final
 */
export function createSecretBox(hexKey: string): SecretBox {
  const key = createSecretKey(Buffer.from(hexKey, 'hex'));

  return {
    seal(secret, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(authenticated(context));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const bytes = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
      return `${VERSION}.${bytes.toString('base64url')}`;
    },
    open(sealed, context) {
      const [version, text] = sealed.split('.', 2);
      if (version !== VERSION || text === undefined) return null;
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(authenticated(context));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const plain = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      try {
        decipher.final(); // The check of the tag; GCM has no bytes left to give.
        return plain.toString('utf8');
      } catch {
        return null;
      } finally {
        plain.fill(0);
      }
    },
  };
}

/** As JSON: joined with a separator, two lists could look like one. */
function authenticated(context: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([VERSION, ...context]));
}
