import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Io } from '../io.ts';

/** What a local server tells in its data folder; each part is absent when there is none. */
export interface LocalServer {
  folder: string;
  server?: { api: string; oss: string; pid: number };
  credentials?: { accessKeyId: string; accessKeySecret: string };
}

/** `--data`, else $REBATCH_DATA, else ~/.rebatch. */
export function dataFolder(given: string | undefined, io: Pick<Io, 'env' | 'cwd'>): string {
  const chosen = given ?? io.env['REBATCH_DATA'] ?? '';
  return chosen === '' ? join(homedir(), '.rebatch') : resolve(io.cwd, chosen);
}

/** Reads server.json and credentials.json; what is missing or unreadable counts as not there. */
export function readLocalServer(folder: string): LocalServer {
  const { api, oss, pid } = readJson(join(folder, 'server.json'));
  const { accessKeyId, accessKeySecret } = readJson(join(folder, 'credentials.json'));
  const local: LocalServer = { folder };
  if (typeof api === 'string' && typeof oss === 'string' && typeof pid === 'number') {
    local.server = { api, oss, pid };
  }
  if (typeof accessKeyId === 'string' && typeof accessKeySecret === 'string') {
    local.credentials = { accessKeyId, accessKeySecret };
  }
  return local;
}

function readJson(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
