import type { Executor, ExecutorHealth } from '../executor/executor.ts';

/**
 * The same executor; `changed` hears of its health, too, first when it was opened, and opening waits for it.
 */
export function watchHealth(
  executor: Executor,
  changed: (health: ExecutorHealth) => Promise<void>,
): Executor {
  return {
    get capabilities() {
      return executor.capabilities;
    },
    ...(executor.shells === undefined ? {} : { shells: executor.shells }),
    ...(executor.nodes === undefined ? {} : { nodes: executor.nodes }),
    async open(listeners) {
      await executor.open({
        node: (event) => listeners.node?.(event),
        event: (event) => listeners.event(event),
        healthChanged: (health) => {
          void changed(health);
          listeners.healthChanged(health);
        },
      });
      await changed(executor.health());
    },
    health: () => executor.health(),
    list: () => executor.list(),
    start: (spec) => executor.start(spec),
    stop: (attemptId) => executor.stop(attemptId),
    forget: (attemptId) => executor.forget(attemptId),
    hasImage: (image) => executor.hasImage(image),
    close: () => executor.close(),
  };
}
