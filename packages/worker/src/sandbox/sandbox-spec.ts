import type { AttemptFolder } from '../attempt-folder.ts';
import type { SettledSpec } from '../contract.ts';
import { environment } from '../environment.ts';
import type { Region } from '../layout/regions.ts';
import type { PreparedAttempt } from '../prepare-attempt.ts';
import { LOG_FOLDER_INSIDE, programCommand } from './program-script.ts';
import { bindOf } from './bind-of.ts';
import type { SandboxSpec } from './sandboxes.ts';

/** The sandbox of a prepared attempt. */
export function sandboxSpec(
  spec: SettledSpec,
  folder: AttemptFolder,
  prepared: PreparedAttempt,
  ossHost: string,
): SandboxSpec {
  const regions: Region[] = [...prepared.regions, { target: LOG_FOLDER_INSIDE, host: folder.logs }];
  const binds = regions.toSorted((left, right) => left.target.length - right.target.length).map(bindOf);
  return {
    attemptId: spec.id,
    owner: spec.owner,
    image: spec.image,
    command: programCommand(spec.commandLine, spec.contract, {
      stdout: spec.stdoutUrl !== undefined,
      stderr: spec.stderrUrl !== undefined,
    }),
    env: environment(spec, ossHost),
    workingDirectory: prepared.layout.workFolder,
    binds,
    ...(spec.resources === undefined ? {} : { resources: spec.resources }),
    ...(spec.gpus === undefined ? {} : { gpus: spec.gpus }),
  };
}
