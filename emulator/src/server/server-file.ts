import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running server can be found; kept in the data folder for the tools on this machine. */
export interface ServerFile {
  api: string;
  oss: string;
  pid: number;
  region: string;
}

const pathIn = (folder: string): string => join(folder, 'server.json');

export function writeServerFile(folder: string, content: ServerFile): void {
  const temporary = `${pathIn(folder)}.new`;
  writeFileSync(temporary, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(temporary, pathIn(folder));
}

/** The server that serves the folder, or the last one that was killed; undefined when none is known. */
export function readServerFile(folder: string): ServerFile | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(pathIn(folder), 'utf8'));
    return isServerFile(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function removeServerFile(folder: string): void {
  rmSync(pathIn(folder), { force: true });
}

function isServerFile(value: unknown): value is ServerFile {
  if (typeof value !== 'object' || value === null) return false;
  const { api, oss, pid, region } = value as Partial<Record<keyof ServerFile, unknown>>;
  return (
    typeof api === 'string' &&
    typeof oss === 'string' &&
    typeof pid === 'number' &&
    typeof region === 'string'
  );
}
