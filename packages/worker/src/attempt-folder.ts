import { join } from 'node:path';
import { EXIT_CODE_FILE, KEY_FILE } from './sandbox/program-script.ts';

const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,250}$/;

/** Where an attempt keeps its files on this host. Everything a later process needs to go on is in here. */
export interface AttemptFolder {
  root: string;
  /** The AttemptSpec as JSON. Holds the job's environment: readable by the server only. */
  specFile: string;
  /** The outcome as JSON, written when everything is stored. */
  outcomeFile: string;
  /** The inputs as resolved, as JSON; absent when there are none. */
  inputsFile: string;
  /** The contract as JSON, when the image decided it. */
  contractFile: string;
  /** Since when the failed attempt is kept, as JSON; absent when it is not. */
  keptFile: string;
  /** The ledger of what is uploaded; absent when nothing was. */
  uploadsFile: string;
  /** Holds what the sandbox sees: the same as `root`, unless that is elsewhere. */
  shared: string;
  work: string;
  logs: string;
  exitCode: string;
  /** The key that its program may use. */
  key: string;
  /** One numbered entry for each input. */
  inputs: string;
  /** One numbered folder for each output folder that has no other place. */
  outputs: string;
  /** Files fetched from the ended sandbox. */
  fetched: string;
}

/**
 * `sharedFolder`: where what sandboxes see lies, when not below `attemptsFolder`. Throws a RangeError for an id that is no
 * safe file name.
 */
export function attemptFolder(
  attemptsFolder: string,
  attemptId: string,
  sharedFolder: string = attemptsFolder,
): AttemptFolder {
  if (!SAFE_ID.test(attemptId)) throw new RangeError(`"${attemptId}" is no attempt id`);
  const root = join(attemptsFolder, attemptId);
  const shared = join(sharedFolder, attemptId);
  const logs = join(shared, 'logs');
  return {
    root,
    specFile: join(root, 'spec.json'),
    outcomeFile: join(root, 'outcome.json'),
    inputsFile: join(root, 'inputs.json'),
    contractFile: join(root, 'contract.json'),
    keptFile: join(root, 'kept.json'),
    uploadsFile: join(root, 'uploads'),
    shared,
    work: join(shared, 'work'),
    logs,
    exitCode: join(logs, EXIT_CODE_FILE),
    key: join(logs, KEY_FILE),
    inputs: join(shared, 'inputs'),
    outputs: join(shared, 'outputs'),
    fetched: join(root, 'fetched'),
  };
}
