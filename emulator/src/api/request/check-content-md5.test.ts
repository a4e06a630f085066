import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkContentMd5 } from './check-content-md5.ts';

const body = Buffer.from('{"Priority":10}');
const digest = createHash('md5').update(body).digest();

describe('Content-MD5', () => {
  it.each([
    digest.toString('base64'),
    digest.toString('hex'),
    digest.toString('hex').toUpperCase(),
    '',
    'odd',
  ])('passes as %j', (text) => {
    expect(() => checkContentMd5(text, body)).not.toThrow();
  });

  it('is refused when the body is another one', () => {
    expect(() => checkContentMd5(digest.toString('base64'), Buffer.from('{}'))).toThrow(
      expect.objectContaining({ status: 400, code: 'InvalidContentMD5' }),
    );
  });
});
