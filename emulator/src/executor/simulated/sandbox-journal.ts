import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { AttemptOutcome } from '@rebatch/worker';

/** How a simulated attempt goes: it runs for `ms` milliseconds and then ends like this. */
export interface Fate {
  ms: number;
  outcome: AttemptOutcome;
}

/** A sandbox that an earlier life of the server left behind. */
interface LeftSandbox extends Fate {
  /** Milliseconds since the epoch. */
  beganAt: number;
}

/**
 * What simulated sandboxes go through, in a file that outlives the server: one line each,
 * `begin|end|forget MS-SINCE-EPOCH ATTEMPT …`, a `begin` with its fate as JSON, an `end` with its outcome.
 * A line that was written survives SIGKILL; a power cut need not be survived, nor would a container.
 */
export interface SandboxJournal {
  /** Sandboxes that began and are not forgotten, by the attempt's id. */
  readonly left: ReadonlyMap<string, LeftSandbox>;
  began(attemptId: string, at: number, fate: Fate): void;
  ended(attemptId: string, at: number, outcome: AttemptOutcome): void;
  forgotten(attemptId: string, at: number): void;
  close(): void;
}

/** Opens the journal at `path`, or begins it. */
export function openSandboxJournal(path: string): SandboxJournal {
  const file = openSync(path, 'a+', 0o600);
  const left = readLeft(readFileSync(path, 'utf8'));
  const write = (line: string): void => void writeSync(file, `${line}\n`);
  return {
    left,
    began: (id, at, fate) => write(`begin ${at} ${id} ${JSON.stringify(fate)}`),
    ended: (id, at, outcome) => write(`end ${at} ${id} ${JSON.stringify(outcome)}`),
    forgotten: (id, at) => write(`forget ${at} ${id}`),
    close: () => closeSync(file),
  };
}

function readLeft(text: string): Map<string, LeftSandbox> {
  const left = new Map<string, LeftSandbox>();
  for (const line of text.split('\n')) {
    const [what, at, id = '', ...rest] = line.split(' ');
    const known = left.get(id);
    if (what === 'forget') {
      left.delete(id);
    } else if (what === 'begin') {
      // Written by this very file, whole lines only; so is the outcome below.
      const fate: Fate = JSON.parse(rest.join(' '));
      left.set(id, { beganAt: Number(at), ...fate });
    } else if (what === 'end' && known !== undefined) {
      // It may have been stopped before its time.
      const outcome: AttemptOutcome = JSON.parse(rest.join(' '));
      left.set(id, { beganAt: known.beganAt, ms: Number(at) - known.beganAt, outcome });
    }
  }
  return left;
}
