import { readFile, rename, writeFile } from 'node:fs/promises';

/** Writes `value` so that a reader sees the old content or the new, never half. Readable by the server only. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Undefined when the file is not there. The caller says what it once wrote. */
export async function readJsonFile<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const value: T = JSON.parse(text);
  return value;
}
