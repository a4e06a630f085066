import type { Connection } from '../connection/connection.ts';
import { instanceTrouble } from '../commands/job-text.ts';
import { failedInstances } from '../follow/failed-instances.ts';
import { logTail } from '../follow/log-tail.ts';
import { printable } from '../terminal/printable.ts';

/** Lines that say what went wrong: each failing instance, and the last that it wrote. */
export async function explainFailure(connection: Connection, jobId: string): Promise<string[]> {
  const lines: string[] = [];
  for (const { task, instance } of await failedInstances(connection.jobs, jobId, 3)) {
    const trouble = instanceTrouble(instance) || `exit code ${instance.Result.ExitCode}`;
    lines.push(`instance ${instance.InstanceId} failed: ${printable(trouble)}`);
    const said = await logTail(connection.oss, instance.StderrRedirectPath, 8);
    const last = said.length > 0 ? said : await logTail(connection.oss, instance.StdoutRedirectPath, 8);
    lines.push(...last.map((line) => `  | ${printable(line)}`));
    lines.push(`  all of it: rebatch logs ${jobId} ${task} ${instance.InstanceId} [--stderr]`);
  }
  return lines;
}
