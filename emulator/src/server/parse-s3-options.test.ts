import { expect, test } from 'vitest';
import { parseS3Options } from './parse-s3-options.ts';
import { UsageError } from './usage-error.ts';

const NEEDED = {
  REBATCH_S3_ENDPOINT: 'http://minio:9000/',
  REBATCH_S3_ACCESS_KEY: 'key',
  REBATCH_S3_SECRET_KEY: 'secret',
};

test('an address and a key are enough', () => {
  expect(parseS3Options(NEEDED)).toEqual({
    endpoint: 'http://minio:9000',
    accessKey: 'key',
    secretKey: 'secret',
    bucket: 'rebatch',
    region: 'us-east-1',
    pathStyle: true,
  });
});

test('everything can be said', () => {
  expect(
    parseS3Options({
      ...NEEDED,
      REBATCH_S3_ENDPOINT: 'https://s3.eu-central-1.amazonaws.com',
      REBATCH_S3_SESSION_TOKEN: 'token',
      REBATCH_S3_BUCKET: 'studio.frames',
      REBATCH_S3_REGION: 'eu-central-1',
      REBATCH_S3_ADDRESSING: 'host',
      REBATCH_S3_REDIRECT_FROM: '64m',
    }),
  ).toEqual({
    endpoint: 'https://s3.eu-central-1.amazonaws.com',
    accessKey: 'key',
    secretKey: 'secret',
    sessionToken: 'token',
    bucket: 'studio.frames',
    region: 'eu-central-1',
    pathStyle: false,
    redirectFrom: 64 * 1024 * 1024,
  });
});

test.each([
  [
    { REBATCH_S3_SECRET_KEY: '' },
    /needs REBATCH_S3_ENDPOINT, REBATCH_S3_ACCESS_KEY and REBATCH_S3_SECRET_KEY/,
  ],
  [{ REBATCH_S3_ENDPOINT: 'minio:9000' }, /REBATCH_S3_ENDPOINT must be http/],
  [{ REBATCH_S3_ENDPOINT: 'http://minio:9000/bucket' }, /REBATCH_S3_ENDPOINT must be http/],
  [{ REBATCH_S3_ENDPOINT: 'http://key:secret@minio' }, /REBATCH_S3_ENDPOINT must be http/],
  [{ REBATCH_S3_BUCKET: 'No Bucket' }, /REBATCH_S3_BUCKET cannot be the name of a bucket: "No Bucket"/],
  [{ REBATCH_S3_ADDRESSING: 'virtual' }, /REBATCH_S3_ADDRESSING must be path or host/],
  [{ REBATCH_S3_REDIRECT_FROM: 'big' }, /REBATCH_S3_REDIRECT_FROM must be a size/],
])('%j is wrong usage', (change, message) => {
  expect(() => parseS3Options({ ...NEEDED, ...change })).toThrow(UsageError);
  expect(() => parseS3Options({ ...NEEDED, ...change })).toThrow(message);
});
