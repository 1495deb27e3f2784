import type { StoredMessage } from './schema.ts';

/** Everything that an answer gains while it is given. */
export type MessageProgress = Pick<
  StoredMessage,
  | 'text'
  | 'content'
  | 'steps'
  | 'annotations'
  | 'ending'
  | 'error'
  | 'limit'
  | 'firstContentMs'
  | 'durationMs'
  | 'leaseUntil'
>;

/** Messages in a database. Each method sees those of one user only; another's is not there. */
export interface Messages {
  /** @returns false when the id is taken, by whomever; nothing is written then. */
  create(message: StoredMessage): Promise<boolean>;
  find(userId: string, id: string): Promise<StoredMessage | null>;
  /** All branches, oldest first. */
  list(userId: string, conversationId: string): Promise<StoredMessage[]>;
  /** From the first message of its branch to this one. */
  branch(userId: string, id: string): Promise<StoredMessage[]>;
  /**
   * Writes an answer so far, or whole, while it has a lease.
   *
   * @returns false when it has none: it was deleted, or ended by somebody else; nothing is written then.
   */
  progress(id: string, progress: MessageProgress, now: Date): Promise<boolean>;
  /**
   * Lets an answer that has ended go on, as `progress` says, with a lease again. Of several that try at
   * once, one succeeds.
   *
   * @returns false when it is not there, or is being given; nothing is written then.
   */
  reopen(userId: string, id: string, progress: MessageProgress, now: Date): Promise<boolean>;
  /** Replaces what a person wrote. @returns `null` when there is no such message. */
  rewrite(userId: string, id: string, text: string, now: Date): Promise<StoredMessage | null>;
  /** With everything that follows it. @returns the deleted ids. */
  delete(userId: string, id: string): Promise<string[]>;
  /**
   * Ends as `cut` what nobody gives any more.
   *
   * @param before - Leases that ended before this moment; `null` = all that are running.
   * @returns how many there were.
   */
  cutAbandoned(before: Date | null, now: Date): Promise<number>;
}
