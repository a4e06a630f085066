export * from './attempt.ts';
export type { AttemptDeps, AttemptSignals } from './attempt-deps.ts';
export { IMAGE_MISSING } from './failure-of.ts';
export { forgetAttempt } from './forget-attempt.ts';
export { knownAttempt, knownAttempts } from './known-attempts.ts';
export { runAttempt } from './run-attempt.ts';
export { SandboxError } from './sandbox/sandbox-error.ts';
export type { Bind, Sandboxes, SandboxEnd, SandboxSpec, SandboxState } from './sandbox/sandboxes.ts';
