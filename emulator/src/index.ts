import type { Logger } from './server/logger.ts';
import type { RunningServer } from './server/serve.ts';
import type { ServeOptions } from './server/serve-options.ts';

export {
  type Administration,
  AdministrationError,
  type ListedKey,
  type ListedLimit,
} from './administration/administration.ts';
export { backupStore } from './administration/backup-store.ts';
export { openAdministration } from './administration/open-administration.ts';
export { type JobPlan, planJob, type PlanRequest, type TaskPlan } from './planning/plan-job.ts';
export { createLogger, type LogFields, type Logger } from './server/logger.ts';
export { parseS3Options } from './server/parse-s3-options.ts';
export { parseServeOptions } from './server/parse-serve-options.ts';
export type { RunningServer } from './server/serve.ts';
export { type ServeIo, serveCommand } from './server/serve-command.ts';
export type { LogLevel, ServeOptions } from './server/serve-options.ts';
export { QUOTA_NAMES, type QuotaName } from './store/rows.ts';
export { SERVE_USAGE } from './server/serve-usage.ts';

/** Starts a server inside this process; see server/serve.ts, which is loaded only when it is called. */
export async function serve(options: ServeOptions, log: Logger): Promise<RunningServer> {
  return (await import('./server/serve.ts')).serve(options, log);
}
