import { expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import {
  formatV4Time,
  percentEncode,
  presignV1,
  presignV2,
  presignV4,
  type QueryPairs,
  signV1,
  signV2,
  signV4,
} from '../signatures/index.ts';
import { sendRaw, textOf } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';
import { decodeXmlText } from '../xml/decode-xml-text.ts';

const at = useGateway();
const about = { method: 'GET', bucket: 'pictures', key: 'a&b' };
const wrong = { accessKeyId: ada.id, secret: 'guess', region: 'cn-hangzhou' };
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** Each way to sign: the headers and parameters of a request for `about`, under a wrong secret. */
const ways: [
  way: string,
  firstLine: string,
  sign: () => { headers?: Record<string, string>; query?: QueryPairs },
][] = [
  [
    'V1 header',
    'GET',
    () => {
      const headers = { 'x-oss-date': new Date().toUTCString() };
      return { headers: { ...headers, authorization: signV1({ ...about, ...wrong, headers }) } };
    },
  ],
  ['V1 URL', 'GET', () => ({ query: presignV1({ ...about, ...wrong, headers: {}, expires: inAnHour() }) })],
  [
    'V2 header',
    'GET',
    () => {
      const headers = { date: new Date().toUTCString() };
      return { headers: { ...headers, authorization: signV2({ ...about, ...wrong, headers }) } };
    },
  ],
  ['V2 URL', 'GET', () => ({ query: presignV2({ ...about, ...wrong, headers: {}, expires: inAnHour() }) })],
  [
    'V4 header',
    'OSS4-HMAC-SHA256',
    () => {
      const headers = { 'x-oss-date': formatV4Time(Date.now()), 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' };
      return { headers: { ...headers, authorization: signV4({ ...about, ...wrong, headers }) } };
    },
  ],
  [
    'V4 URL',
    'OSS4-HMAC-SHA256',
    () => ({ query: presignV4({ ...about, ...wrong, headers: {}, time: Date.now(), expiresIn: 60 }) }),
  ],
];

test.each(ways)(
  'a wrong signature by %s is answered with what should have been signed',
  async (_, first, sign) => {
    const { headers = {}, query = [] } = sign();
    const search = query.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
    const { status, body } = await sendRaw(at.gateway.port, 'GET', `/pictures/a%26b?${search}`, headers);
    expect([status, textOf(body, 'Code'), textOf(body, 'OSSAccessKeyId')]).toEqual([
      403,
      'SignatureDoesNotMatch',
      ada.id,
    ]);
    const text = decodeXmlText(textOf(body, 'StringToSign') ?? '');
    expect(text.split('\n')[0]).toBe(first);
    const bytes = (textOf(body, 'StringToSignBytes') ?? '').replaceAll(' ', '');
    expect(Buffer.from(bytes, 'hex').toString()).toBe(text);
  },
);
