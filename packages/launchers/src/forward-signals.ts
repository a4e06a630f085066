import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** A child, and what ends the handing on of signals to it. */
export interface Forwarding<Child extends ChildProcess = ChildProcess> {
  readonly child: Child;
  readonly stopForwarding: () => void;
}

/**
 * Starts a child that gets the signals which this process gets, until `stopForwarding`. They are listened to before it is
 * there: one that came in between would end this process and leave the child alone.
 */
export function startForwarding<Child extends ChildProcess>(
  start: () => Child,
  kill: (child: Child, signal: NodeJS.Signals) => void = (child, signal) => child.kill(signal),
): Forwarding<Child> {
  const started: Child[] = [];
  const forward = (signal: NodeJS.Signals): void => {
    for (const child of started) kill(child, signal);
  };
  const stopForwarding = (): void => {
    for (const signal of SIGNALS) process.off(signal, forward);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  try {
    const child = start();
    started.push(child);
    return { child, stopForwarding };
  } catch (error) {
    stopForwarding();
    throw error;
  }
}

/** The exit code that a shell gives a program which a signal ended. */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
