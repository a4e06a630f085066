import type { Clock } from '@rebatch/model';
import type { Store } from '../store/store.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 1000;

/** Calls `changed` soon after another process, such as `rebatch limits`, has written to the store. Returns how to stop. */
export function watchStore(store: Pick<Store, 'dataVersion'>, clock: Clock, changed: () => void): () => void {
  let version = store.dataVersion();
  const look = (): void => {
    const now = store.dataVersion();
    if (now !== version) changed();
    version = now;
    timer = clock.after(LOOK_MS, look);
  };
  let timer = clock.after(LOOK_MS, look);
  return () => timer.cancel();
}
