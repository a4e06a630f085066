import { describe, expect, it } from 'vitest';
import type { ExecutorHealth, ExecutorListeners } from '../executor/executor.ts';
import { simulatedExecutor } from '../executor/simulated/simulated-executor.ts';
import { parseSimulation } from '../executor/simulated/parse-simulation.ts';
import { systemClock } from '@rebatch/model';
import { watchHealth } from './watch-health.ts';

describe('A watched executor', () => {
  it('tells its health at opening, which waits for it, and at each change, beside its listeners', async () => {
    let given: ExecutorListeners | undefined;
    const inner = simulatedExecutor({ clock: systemClock, slots: 3, simulation: parseSimulation('') });
    const executor = {
      ...inner,
      open: async (listeners: ExecutorListeners) => {
        given = listeners;
      },
    };
    const seen: [string, ExecutorHealth][] = [];
    const watched = watchHealth(executor, async (health) => {
      await Promise.resolve();
      seen.push(['watcher', health]);
    });
    await watched.open({ event: () => {}, healthChanged: (health) => seen.push(['listener', health]) });
    expect(seen).toEqual([['watcher', { available: true }]]);
    const down: ExecutorHealth = { available: false, reason: 'down' };
    given?.healthChanged(down);
    await expect
      .poll(() => seen.slice(1))
      .toEqual([
        ['listener', down],
        ['watcher', down],
      ]);
    expect(watched.capabilities.slots).toBe(3);
    await watched.close();
  });
});
