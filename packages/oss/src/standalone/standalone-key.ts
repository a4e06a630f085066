import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessKey } from '../keyring.ts';
import type { StandaloneOptions } from './standalone-options.ts';

/** The one account of a store of its own; the number is that of the batch server's first account. */
const OWNER = '1000001';

/** The given key, else the one kept in the data folder, which is made at first start and readable by its user only. */
export function standaloneKey({
  accessKey,
  dataFolder,
}: Pick<StandaloneOptions, 'accessKey' | 'dataFolder'>): AccessKey {
  if (accessKey !== undefined) return { ...accessKey, owner: OWNER };
  const path = join(dataFolder, 'credentials.json');
  if (existsSync(path)) {
    const { accessKeyId, accessKeySecret } = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof accessKeyId === 'string' && typeof accessKeySecret === 'string') {
      return { id: accessKeyId, secret: accessKeySecret, owner: OWNER };
    }
    throw new Error(`${path} holds no access key`);
  }
  const key = {
    id: randomBytes(10).toString('hex'),
    secret: randomBytes(24).toString('base64url'),
    owner: OWNER,
  };
  const content = { accessKeyId: key.id, accessKeySecret: key.secret, owner: key.owner };
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return key;
}
