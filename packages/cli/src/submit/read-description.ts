import type { JobDraft } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import { readJson } from '../options/read-json.ts';

/**
 * A job description from a file, or from standard input for `-`.
 * @throws UsageError when it is not the JSON of a job; the service checks the rest
 */
export async function readDescription(file: string, io: Io): Promise<JobDraft> {
  const { value, where } = await readJson(file, io);
  if (!isJob(value)) {
    throw new UsageError(`${where} describes no job: it needs "Name" and "Type" ("DAG" or "App")`);
  }
  return value;
}

function isJob(value: unknown): value is JobDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { Name: name, Type: type }: { Name?: unknown; Type?: unknown } = value;
  return typeof name === 'string' && (type === 'DAG' || type === 'App');
}
