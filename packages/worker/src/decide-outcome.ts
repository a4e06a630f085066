import type { AttemptOutcome } from './attempt.ts';
import type { SandboxEnd } from './sandbox/sandboxes.ts';

/** Why this side ended the program. */
export type KillReason = 'stopped' | 'timeout';

export interface ProgramEnd {
  /** Absent: the sandbox is gone. */
  sandbox: SandboxEnd | undefined;
  /** The program's own exit code; absent when it was ended from outside. */
  exitCode: number | undefined;
  /** True when the sandbox wrote its log files: the program was about to start. */
  begun: boolean;
  killed: KillReason | undefined;
  timeoutSeconds: number;
  /** Absent: Linux, where exit codes tell of signals. */
  onWindows?: boolean;
}

/** Shells report a program that a signal ended as 128 + its number. */
const FIRST_SIGNAL_CODE = 129;
const LAST_SIGNAL_CODE = 159;
/** What an init answers when it cannot start its program, and why. */
const NOT_STARTED: ReadonlyMap<number | undefined, string> = new Map([
  [127, 'The image has no /bin/sh to run the command line.'],
  ...[1, 126].map((code) => {
    const causes = 'it is for another kind of machine, or no program at all, or something was mapped onto it';
    return [code, `The image's /bin/sh, which runs the command line, cannot be run: ${causes}.`] as const;
  }),
]);
/** 128 + SIGKILL. */
const KILLED_CODE = 137;

/** Says how an attempt ended from what is known after the sandbox did. Pure. */
export function decideOutcome(end: ProgramEnd): AttemptOutcome {
  if (end.killed === 'stopped') return { kind: 'stopped' };
  const exitCode = end.exitCode ?? end.sandbox?.exitCode ?? KILLED_CODE;
  if (end.killed === 'timeout' || (exitCode !== 0 && overran(end))) {
    return { kind: 'killed', reason: 'timeout', exitCode };
  }
  if (end.sandbox?.oomKilled === true && exitCode !== 0) return { kind: 'killed', reason: 'oom', exitCode };
  if (end.exitCode !== undefined) {
    const bySignal =
      end.onWindows !== true && end.exitCode >= FIRST_SIGNAL_CODE && end.exitCode <= LAST_SIGNAL_CODE;
    return bySignal ? { kind: 'killed', reason: 'signal', exitCode } : { kind: 'exited', exitCode };
  }
  const notStarted = end.begun ? undefined : NOT_STARTED.get(end.sandbox?.exitCode);
  if (notStarted !== undefined) return { kind: 'failed', code: 'InvalidImage', message: notStarted };
  return { kind: 'lost', message: lossText(end.sandbox) };
}

/** True for a sandbox that a server killed on time and did not live to report. */
function overran({ sandbox, timeoutSeconds }: ProgramEnd): boolean {
  if (sandbox?.startedAt === undefined || sandbox.endedAt === undefined) return false;
  return sandbox.endedAt - sandbox.startedAt >= timeoutSeconds * 1000;
}

function lossText(sandbox: SandboxEnd | undefined): string {
  return sandbox === undefined
    ? 'The sandbox is gone: somebody removed it, or its host lost it.'
    : `The sandbox was ended from outside (code ${sandbox.exitCode}): its engine or host went down, or somebody killed it.`;
}
