import type { SandboxState } from '@rebatch/worker';
import type { ContainerInspectInfo } from 'dockerode';

/** A container's state in the worker's words. */
export function containerState({ State }: ContainerInspectInfo): SandboxState {
  if (State.Status === 'created') return { phase: 'created' };
  const startedAt = Date.parse(State.StartedAt);
  if (State.Running || State.Paused || State.Restarting) return { phase: 'running', startedAt };
  return {
    phase: 'ended',
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    startedAt,
    endedAt: Date.parse(State.FinishedAt),
  };
}
