/** What a launcher takes from its surroundings. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Writes one line to stdout. */
  readonly write: (line: string) => void;
  /** Milliseconds from any origin. */
  readonly now: () => number;
}
