import type { AttemptSpec } from '../attempt.ts';

/** A temporary key of the object store, for one attempt's program. */
export interface TaskKey {
  id: string;
  secret: string;
  token: string;
}

/** Gives attempts their keys and takes them back. All methods can be repeated. */
export interface TaskKeys {
  /** The attempt's key, the same one each time; it counts until `revoke`, and for `forMs` milliseconds at most. */
  issue(spec: AttemptSpec, forMs: number): TaskKey;
  revoke(attemptId: string): void;
}

/** A place that the key may use: all below a prefix that is empty or ends in `/`, else one object. */
export interface TaskGrant {
  bucket: string;
  prefix: string;
  /** Who may write may read, too. */
  access: 'read' | 'write';
}
