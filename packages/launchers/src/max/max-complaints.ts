/** A frame failed, or all of 3ds Max. */
export type Complaint = 'frame' | 'program';

/** Log texts of a failure, whatever the exit code says (spec/render.md §4). */
const FAILURES: readonly (readonly [RegExp, Complaint])[] = [
  [/error rendering frame/i, 'frame'],
  [/could not find the specified file in defaultsettings/i, 'program'],
  [/licen[sc]e\b.*\b(?:fail\w*|error|not available|could not|unable|expired|denied|invalid)\b/i, 'program'],
  [/\b(?:fail\w*|error|could not|unable|no valid)\b.*\blicen[sc]e\b/i, 'program'],
];

/** As many lines as help; the first ones tell the cause. */
const MOST = 5;

/** Collects what 3ds Max says of a failure. */
export class MaxComplaints {
  readonly #lines: string[] = [];

  /** What the line complains of, if it does. */
  take(line: string): Complaint | undefined {
    const complaint = FAILURES.find(([text]) => text.test(line))?.[1];
    if (complaint !== undefined && this.#lines.length < MOST) this.#lines.push(line.trim());
    return complaint;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }
}
