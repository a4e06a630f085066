import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vendorCertificate } from './self-signed-certificate.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('The certificate for the vendor’s names', () => {
  it.skipIf(!hasOpenssl)('covers API and buckets of the region, and is made once', async () => {
    const folder = temporaryFolder();
    const made = await vendorCertificate(folder, 'local');
    const certificate = new X509Certificate(made.cert);
    for (const host of ['batchcompute.local.aliyuncs.com', 'bucket.oss-local.aliyuncs.com']) {
      expect(certificate.checkHost(host)).toBeDefined();
    }
    expect(certificate.checkHost('example.com')).toBeUndefined();
    expect(statSync(join(folder, 'tls', 'key.pem')).mode & 0o077).toBe(0);
    expect(await vendorCertificate(folder, 'local')).toEqual(made);
  });
});
