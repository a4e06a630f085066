import type { ObjectStore } from '@rebatch/objects';
import { clearClaims } from '@rebatch/worker';
import type { Happening } from '../events/happening.ts';
import type { Store } from '../store/store.ts';

/**
 * Clears away the claims by which instances of a job shared frames, once the job has gone well, or is deleted. Of a job that
 * failed or was stopped they stay until then: started again, it goes on with them.
 */
export class ClaimsSweep {
  readonly #store: Pick<Store, 'findJob' | 'readDag'>;
  readonly #objects: ObjectStore;
  readonly #failed: (error: unknown) => void;
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    store: Pick<Store, 'findJob' | 'readDag'>,
    objects: ObjectStore,
    failed: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#objects = objects;
    this.#failed = failed;
  }

  take(happening: Happening): void {
    if (happening.type !== 'job') return;
    const { jobId: id, owner, to } = happening;
    if (to === '') this.#begin(() => clearClaims({ id, owner, outputs: happening.outputs }, this.#objects));
    if (to === 'Finished') this.#begin(() => this.#clearOf(id));
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #begin(clear: () => Promise<void>): void {
    const sweep = clear()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#underWay.delete(sweep));
    this.#underWay.add(sweep);
  }

  async #clearOf(id: string): Promise<void> {
    const job = this.#store.findJob(id);
    const dag = job && this.#store.readDag(job.seq);
    // Deleted meanwhile, as jobs with AutoRelease are: that is told of, too.
    if (job === undefined || dag === undefined) return;
    const outputs = Object.values(dag.Tasks).flatMap((task) => Object.values(task.OutputMapping));
    await clearClaims({ id, owner: job.owner, outputs }, this.#objects);
  }
}
