import { expect, test } from 'vitest';
import { errorReply } from './error-reply.ts';
import { OssError } from './oss-error.ts';

const request = { id: 'A1', method: 'HEAD', host: 'oss' } as const;
const documentOf = (error: OssError): string =>
  Buffer.from(String(errorReply(error, request).headers?.['x-oss-err']), 'base64').toString();

test('an error that answers HEAD is in a header, with its details', () => {
  const error = new OssError(404, 'NoSuchKey', 'The object does not exist.', { details: [['Key', 'a.png']] });
  expect(documentOf(error)).toContain('<Code>NoSuchKey</Code>');
  expect(documentOf(error)).toContain('<Key>a.png</Key>');
});

test('details that quote a long request do not make the header one that clients refuse', () => {
  const error = new OssError(400, 'InvalidObjectName', 'The name is too long.', {
    details: [['ObjectName', 'x'.repeat(14_000)]],
  });
  expect(documentOf(error)).toContain('<Code>InvalidObjectName</Code>');
  expect(documentOf(error).length).toBeLessThan(1000);
});
