import type { Database } from './database.ts';
import type { InstanceRow } from './rows.ts';

/** Writes an instance's row, whole; adds it when the instance leaves Waiting for the first time. */
export function writeInstance(db: Database, taskRow: number, instance: InstanceRow): void {
  db.statement(
    `INSERT INTO instance (task_row, number, phase, attempt, failures, retries, progress, started_at, ended_at,
       node_ip, exit_code, error_code, error_message, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (task_row, number) DO UPDATE SET phase = excluded.phase, attempt = excluded.attempt,
       failures = excluded.failures, retries = excluded.retries, progress = excluded.progress,
       started_at = excluded.started_at, ended_at = excluded.ended_at, node_ip = excluded.node_ip,
       exit_code = excluded.exit_code, error_code = excluded.error_code,
       error_message = excluded.error_message, detail = excluded.detail`,
  ).run(
    taskRow,
    instance.number,
    instance.phase,
    instance.attempt,
    instance.failures,
    instance.retries,
    instance.progress,
    instance.startedAt,
    instance.endedAt,
    instance.nodeIp,
    instance.exitCode,
    instance.errorCode,
    instance.errorMessage,
    instance.detail,
  );
}
