import { expect, test } from 'vitest';
import { signatureV1 } from './sign-oss-request.ts';

test("signs the vendor documentation's example", () => {
  const signature = signatureV1('OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV', {
    method: 'PUT',
    bucket: 'oss-example',
    key: 'nelson',
    query: {},
    headers: {
      'Content-MD5': 'ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=',
      'Content-Type': 'text/html',
      Date: 'Thu, 17 Nov 2005 18:49:58 GMT',
      'X-OSS-Meta-Author': 'foo@bar.com',
      'X-OSS-Magic': 'abracadabra',
    },
  });
  expect(signature).toBe('26NBxoKdsyly4EDv6inkoDft/yA=');
});
