import { expect, test } from 'vitest';
import { mnsRequest } from './mns-request.ts';

const key = { id: 'exampleKeyId', secret: 'exampleSecretKey0001' };
const now = Date.UTC(2024, 0, 1);

test('a message is published to its topic the way the message service wants it', () => {
  const request = mnsRequest({ endpoint: 'http://queue.test:8080/', topic: 'night' }, '{"A":"1"}', key, now);
  expect(request.url.href).toBe('http://queue.test:8080/topics/night/messages');
  expect(request.headers).toEqual({
    'Content-Type': 'text/xml;charset=utf-8',
    Date: 'Mon, 01 Jan 2024 00:00:00 GMT',
    'x-mns-version': '2015-06-06',
    // printf 'POST\n\ntext/xml;charset=utf-8\nMon, 01 Jan 2024 00:00:00 GMT\nx-mns-version:2015-06-06\n/topics/night/messages' | openssl dgst -sha1 -hmac exampleSecretKey0001 -binary | base64
    Authorization: 'MNS exampleKeyId:sVi22lfLJMVzxnWwE1HZdoYeY38=',
  });
  expect(request.body).toContain(
    '<Message xmlns="http://mns.aliyuncs.com/doc/v1/"><MessageBody>{&quot;A&quot;:&quot;1&quot;}</MessageBody></Message>',
  );
});

test('names and texts cannot leave their place in the address and in the XML', () => {
  const message = JSON.stringify({ JobName: '</MessageBody><x>&\u0001\ufffe\u0085' });
  const request = mnsRequest({ endpoint: 'http://queue.test/base//', topic: '../a b?c' }, message, key, now);
  expect(request.url.href).toBe('http://queue.test/base/topics/..%2Fa%20b%3Fc/messages');
  const body = /<MessageBody>(.*)<\/MessageBody>/s.exec(request.body)?.[1] ?? '';
  expect(body).not.toMatch(/[<>\p{Cc}\ufffe]/u);
  const json = body
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  expect(JSON.parse(json)).toEqual({ JobName: '</MessageBody><x>&\u0001\ufffe\u0085' });
});

test('what is no address is said to be none', () => {
  for (const endpoint of ['queue', '', 'ftp://queue.test', 'file:///etc/passwd']) {
    expect(() => mnsRequest({ endpoint, topic: 't' }, '{}', key, now), endpoint).toThrow(TypeError);
  }
});
