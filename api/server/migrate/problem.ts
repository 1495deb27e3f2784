/** A migration cannot be done, for a reason that a person can change. Nothing was written. */
export class MigrationProblem extends Error {
  override readonly name = 'MigrationProblem';
  readonly path: string | null;

  /**
   * @param message - The rest of a sentence that begins with the file.
   * @param path - The file; `null` = the one that is migrated.
   */
  constructor(message: string, path: string | null = null) {
    super(message);
    this.path = path;
  }
}
