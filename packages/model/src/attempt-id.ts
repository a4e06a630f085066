/** The parts of an attempt's id. */
export interface AttemptName {
  jobId: string;
  taskName: string;
  instanceId: number;
  attempt: number;
}

const ATTEMPT_ID =
  /^(job-[0-9A-F]{32})\.([a-zA-Z_-][a-zA-Z0-9_-]{0,31})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** `<jobId>.<task>.<instance>.<attempt>`: unique for ever, and safe as the name of a container or a folder. */
export function attemptId({ jobId, taskName, instanceId, attempt }: AttemptName): string {
  return `${jobId}.${taskName}.${instanceId}.${attempt}`;
}

/** The parts again, or undefined for text that no attempt is called. */
export function parseAttemptId(text: string): AttemptName | undefined {
  const [, jobId, taskName, instanceId, attempt] = ATTEMPT_ID.exec(text) ?? [];
  if (jobId === undefined || taskName === undefined) return undefined;
  return { jobId, taskName, instanceId: Number(instanceId), attempt: Number(attempt) };
}
