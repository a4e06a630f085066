import { createHmac } from 'node:crypto';
import type { Clock } from '@rebatch/model';
import type { AccessKey, KeyRing } from '@rebatch/oss';
import { type AttemptSpec, taskGrants, type TaskKey, type TaskKeys } from '@rebatch/worker';

/**
 * The keys of attempts that are under way. A key follows from the attempt's id and a secret of the server, so that nothing is
 * written for it, a restarted server gives the same one again, and a key whose attempt is over is simply not there.
 */
export class TaskKeyRing implements KeyRing, TaskKeys {
  readonly #secret: string;
  readonly #clock: Clock;
  readonly #keys = new Map<string, AccessKey>();

  /** `secret`: 32 random bytes or more, kept with the server's data. */
  constructor(secret: string, clock: Clock) {
    this.#secret = secret;
    this.#clock = clock;
  }

  find(accessKeyId: string): AccessKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  issue(spec: AttemptSpec, forMs: number): TaskKey {
    const key = this.#keyOf(spec.id);
    this.#keys.set(key.id, {
      id: key.id,
      secret: key.secret,
      owner: spec.owner,
      temporary: { token: key.token, expiresAt: this.#clock.now() + forMs },
      grants: taskGrants(spec),
    });
    return key;
  }

  revoke(attemptId: string): void {
    this.#keys.delete(this.#keyOf(attemptId).id);
  }

  /** Of the usual looks: `STS.` and 24 characters, 40 characters, 64 characters. */
  #keyOf(attemptId: string): TaskKey {
    const part = (name: string): Buffer =>
      createHmac('sha384', this.#secret).update(`${name} ${attemptId}`).digest();
    return {
      id: `STS.${part('id').toString('hex').slice(0, 24).toUpperCase()}`,
      secret: part('secret').toString('hex').slice(0, 40),
      token: part('token').toString('base64url'),
    };
  }
}
