/** One thing that is wrong with the configuration, told so that it can be put right. */
export interface ConfigProblem {
  /** The environment variable, or the file. */
  variable: string;
  /** The rest of a sentence that starts with the variable: "is …". Holds no secret value. */
  problem: string;
  /** A line that would be accepted. */
  example: string;
}

/** The server cannot start with this configuration. Lists every problem, not the first alone. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    const lines = problems.map(
      ({ variable, problem, example }) => `  ${variable} ${problem}.\n      Example: ${example}`,
    );
    super(`The configuration has ${count}:\n\n${lines.join('\n\n')}\n`);
    this.problems = problems;
  }
}
