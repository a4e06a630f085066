import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NEW_CERTIFICATE =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days 825'.split(' ');

export interface Certificate {
  cert: string;
  key: string;
}

/**
 * The certificate for port 443, from `DIR/tls/cert.pem` and `key.pem`: the operator's own, or one that signs itself for
 * the vendor's names in this region, made with openssl. Clients have to be told to trust it.
 *
 * @throws Error when openssl is missing or fails
 */
export async function vendorCertificate(dataFolder: string, region: string): Promise<Certificate> {
  const folder = join(dataFolder, 'tls');
  const cert = join(folder, 'cert.pem');
  const key = join(folder, 'key.pem');
  if (!existsSync(cert) || !existsSync(key)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names = vendorNames(region).map((name) => `DNS:${name}`);
    const subject = [
      '-subj',
      `/CN=batchcompute.${region}.aliyuncs.com`,
      '-addext',
      `subjectAltName=${names.join(',')}`,
    ];
    await run('openssl', [...NEW_CERTIFICATE, ...subject, '-keyout', key, '-out', cert]);
  }
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** Host names that clients of one region use (spec §1.1, clients.md §3.1). */
function vendorNames(region: string): string[] {
  const oss = [`oss-${region}.aliyuncs.com`, `oss-${region}-internal.aliyuncs.com`];
  return [
    `batchcompute.${region}.aliyuncs.com`,
    `batchcompute-vpc.${region}.aliyuncs.com`,
    ...oss,
    ...oss.map((name) => `*.${name}`),
  ];
}
