import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessKey } from '@rebatch/oss';

/** Keeps the first account's key where the tools of the same user find it, readable by that user only. */
export function writeCredentialsFile(folder: string, key: AccessKey): void {
  const path = join(folder, 'credentials.json');
  const content = { accessKeyId: key.id, accessKeySecret: key.secret, owner: key.owner };
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
