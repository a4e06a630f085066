import { describe, expect, it } from 'vitest';
import { isOssHost } from './pick-by-host.ts';

describe('Under the vendor’s names', () => {
  it.each([
    'oss-cn-qingdao.aliyuncs.com',
    'oss-cn-qingdao-internal.aliyuncs.com',
    'bucket.oss-cn-qingdao.aliyuncs.com',
    'my-bucket.oss-local.aliyuncs.com:80',
    'BUCKET.OSS-LOCAL',
  ])('%s is OSS', (host) => {
    expect(isOssHost(host)).toBe(true);
  });

  it.each([
    'batchcompute.cn-qingdao.aliyuncs.com',
    'batchcompute-vpc.local.aliyuncs.com:80',
    'localhost',
    '127.0.0.1:80',
    'boss-1.example',
    '',
  ])('%j is the API', (host) => {
    expect(isOssHost(host)).toBe(false);
  });
});
