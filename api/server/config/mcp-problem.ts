/** Why an entry of `mcpServers` cannot be used. Holds no value of it. */
export class EntryProblem extends Error {
  override readonly name = 'EntryProblem';
  /** Such as `headers.Authorization`; `null` = the entry as a whole. */
  readonly field: string | null;

  /** @param problem - The rest of a sentence that starts with the field: "is …". */
  constructor(field: string | null, problem: string) {
    super(problem);
    this.field = field;
  }
}
