import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { UsageError } from '../cli-error.ts';
import type { Io } from '../io.ts';

/**
 * The JSON value in a file, or on standard input for `-`; `where` names it for people.
 * @throws UsageError when it is not JSON
 */
export async function readJson(
  file: string,
  io: Pick<Io, 'cwd' | 'stdin'>,
): Promise<{ value: unknown; where: string }> {
  const json = file === '-' ? await text(io.stdin) : await readFile(resolve(io.cwd, file), 'utf8');
  const where = file === '-' ? 'standard input' : file;
  try {
    return { value: JSON.parse(json), where };
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
