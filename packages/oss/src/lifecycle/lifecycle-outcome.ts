/** What a round of the lifecycle rules did. */
export interface LifecycleOutcome {
  /** Objects, versions and delete markers. */
  expired: number;
  transitioned: number;
  aborted: number;
}
