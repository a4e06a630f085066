import { describe, expect, test } from 'vitest';
import { presignV1, signV1 } from './sign-v1.ts';
import { presignV2, signV2 } from './sign-v2.ts';
import { presignV4, signV4 } from './sign-v4.ts';
import { stringToSignV1 } from './string-to-sign-v1.ts';
import type { QueryPairs } from './types.ts';
import { formatV4Time } from './v4-scope.ts';

const keys = { accessKeyId: 'ak', secret: 'sk' };

describe('V1 gives the answers that the vendor and its SDKs publish', () => {
  test('for the header of the manual', () => {
    const authorization = signV1({
      accessKeyId: '44CF9590006BF252F707',
      secret: 'OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV',
      method: 'PUT',
      bucket: 'oss-example',
      key: 'nelson',
      headers: {
        'Content-MD5': 'ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=',
        'Content-Type': 'text/html',
        Date: 'Thu, 17 Nov 2005 18:49:58 GMT',
        'X-OSS-Magic': ' abracadabra ',
        'X-OSS-Meta-Author': 'foo@bar.com',
      },
    });
    expect(authorization).toBe('OSS 44CF9590006BF252F707:26NBxoKdsyly4EDv6inkoDft/yA=');
  });

  const date = { 'x-oss-date': 'Wed, 28 Dec 2022 10:27:41 GMT' };
  const put = {
    ...keys,
    method: 'PUT',
    bucket: 'examplebucket',
    key: 'nelson',
    headers: {
      ...date,
      'Content-MD5': 'eB5eJF1ptWaXm4bijSPyxw==',
      'Content-Type': 'text/html',
      'x-oss-meta-author': 'alice',
      'x-oss-meta-magic': 'abracadabra',
    },
  };
  const list = { ...keys, method: 'GET', bucket: 'examplebucket', headers: date };
  test.each([
    ['an object', put, 'kSHKmLxlyEAKtZPkJhG9bZb5k7M='],
    ['a sub-resource', { ...put, query: [['acl', '']] satisfies QueryPairs }, '/afkugFbmWDQ967j1vr6zygBLQk='],
    [
      'a bucket, leaving out what is no sub-resource',
      {
        ...list,
        query: [
          ['resourceGroup', ''],
          ['non-resousce', 'null'],
        ] satisfies QueryPairs,
      },
      'vkQmfuUDyi1uDi3bKt67oemssIs=',
    ],
    [
      'two sub-resources, sorted',
      {
        ...list,
        query: [
          ['resourceGroup', ''],
          ['acl', ''],
        ] satisfies QueryPairs,
      },
      'x3E5TgOvl/i7PN618s5mEvpJDYk=',
    ],
  ])('for the header of %s', (_what, request, signature) => {
    expect(signV1(request)).toBe(`OSS ak:${signature}`);
  });

  test('for a URL', () => {
    const signed = presignV1({
      ...keys,
      method: 'GET',
      bucket: 'bucket',
      key: 'key',
      query: [['versionId', 'versionId']],
      headers: {},
      expires: 1699807420,
    });
    expect(signed).toEqual([
      ['OSSAccessKeyId', 'ak'],
      ['Expires', '1699807420'],
      ['Signature', 'dcLTea+Yh9ApirQ8o8dOPqtvJXQ='],
    ]);
  });

  test('for a URL with a security token', () => {
    const signed = presignV1({
      ...keys,
      method: 'GET',
      bucket: 'bucket',
      key: 'key+123',
      query: [
        ['versionId', 'versionId'],
        ['security-token', 'token'],
      ],
      headers: {},
      expires: 1699808204,
    });
    expect(new Map(signed).get('Signature')).toBe('jzKYRrM5y6Br0dRFPaTGOsbrDhY=');
  });

  test('an empty value is signed without the equals sign that the wire has', () => {
    const request = { method: 'POST', bucket: 'b', key: 'k', query: [['uploads', '']] as const, headers: {} };
    expect(stringToSignV1(request, 'date')).toBe('POST\n\n\ndate\n/b/k?uploads');
  });
});

describe('V4 gives the answers that the SDKs publish', () => {
  const query: QueryPairs = [
    ['param1', 'value1'],
    ['+param1', 'value3'],
    ['|param1', 'value4'],
    ['+param2', ''],
    ['|param2', ''],
    ['param2', ''],
  ];
  const resource = { bucket: 'bucket', key: '1234+-/123/1.txt' };
  const sent = { 'x-oss-head1': 'value', abc: 'value', ZAbc: 'value', XYZ: 'value' };
  const headerRequest = (seconds: number, more: Record<string, string> = {}) => ({
    ...keys,
    ...resource,
    method: 'PUT',
    query,
    region: 'cn-hangzhou',
    headers: {
      ...sent,
      ...more,
      'content-type': 'text/plain',
      'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-oss-date': formatV4Time(seconds * 1000),
    },
  });

  test.each([
    [
      'the plain form',
      headerRequest(1702743657),
      'Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe',
    ],
    [
      'a cloud box',
      { ...headerRequest(1702743657), product: 'oss-cloudbox', region: 'cb-123' },
      'Credential=ak/20231216/cb-123/oss-cloudbox/aliyun_v4_request,Signature=94ce1f12c17d148ea681030275a94449d3357f5b5b21133996eec80af3e08a43',
    ],
    [
      'a security token',
      headerRequest(1702784856, { 'x-oss-security-token': 'token' }),
      'Credential=ak/20231217/cn-hangzhou/oss/aliyun_v4_request,Signature=b94a3f999cf85bcdc00d332fbd3734ba03e48382c36fa4d5af5df817395bd9ea',
    ],
    [
      'additional headers',
      { ...headerRequest(1702747512), additionalHeaders: ['ZAbc', 'abc'] },
      'Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,AdditionalHeaders=abc;zabc,Signature=4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f',
    ],
    [
      'additional headers that are signed anyway or not sent',
      {
        ...headerRequest(1702747512),
        additionalHeaders: ['x-oss-no-exist', 'ZAbc', 'x-oss-head1', 'abc'],
      },
      'Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,AdditionalHeaders=abc;zabc,Signature=4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f',
    ],
  ])('for a header with %s', (_what, request, answer) => {
    expect(signV4(request)).toBe(`OSS4-HMAC-SHA256 ${answer}`);
  });

  const urlRequest = (begin: number, end: number) => ({
    ...keys,
    ...resource,
    method: 'PUT',
    query,
    region: 'cn-hangzhou',
    headers: { ...sent, 'content-type': 'application/octet-stream' },
    time: begin * 1000,
    expiresIn: end - begin,
  });
  test.each([
    [
      'the plain form',
      urlRequest(1702781677, 1702782276),
      'a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe',
    ],
    [
      'a security token',
      {
        ...urlRequest(1702785388, 1702785987),
        query: [...query, ['x-oss-security-token', 'token'] as const],
      },
      '3817ac9d206cd6dfc90f1c09c00be45005602e55898f26f5ddb06d7892e1f8b5',
    ],
    [
      'additional headers',
      { ...urlRequest(1702783809, 1702784408), additionalHeaders: ['ZAbc', 'abc'] },
      '6bd984bfe531afb6db1f7550983a741b103a8c58e5e14f83ea474c2322dfa2b7',
    ],
    [
      'a cloud box',
      {
        ...urlRequest(1702781677, 1702782276),
        product: 'oss-cloudbox',
        region: 'cb-123',
        additionalHeaders: ['ZAbc', 'abc'],
      },
      '07284191b9b4978ac3520cd39ee2dea2747eda454089359371ff463a6c7ba20f',
    ],
  ])('for a URL with %s', (_what, request, signature) => {
    const signed = new Map(presignV4(request));
    expect(signed.get('x-oss-expires')).toBe('599');
    expect(signed.get('x-oss-signature')).toBe(signature);
  });
});

describe('V2 gives the answers that oss2 2.19.1 gives', () => {
  const credentials = {
    accessKeyId: '44CF9590006BF252F707',
    secret: 'OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV',
  };
  const date = { Date: 'Thu, 17 Nov 2005 18:49:58 GMT' };

  test('for an object with metadata', () => {
    const headers = {
      ...date,
      'Content-MD5': 'ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=',
      'Content-Type': 'text/html',
      'x-oss-magic': 'abracadabra',
      'x-oss-meta-author': 'foo@bar.com',
    };
    expect(signV2({ ...credentials, method: 'PUT', bucket: 'oss-example', key: 'nelson', headers })).toBe(
      'OSS2 AccessKeyId:44CF9590006BF252F707,Signature:WpRLnMxZdpPklZCkHdNSUPMRVYVehFtM4fHbjkTUOhU=',
    );
  });

  test('for odd names with an additional header, and for the service', () => {
    const request = {
      ...credentials,
      method: 'GET',
      bucket: 'oss-example',
      key: 'dir/a b+c é',
      query: [
        ['prefix', 'a b/é'],
        ['uploads', ''],
      ] satisfies QueryPairs,
      headers: { ...date, Range: 'bytes=0-9' },
      additionalHeaders: ['Range', 'not-sent'],
    };
    expect(signV2(request)).toBe(
      'OSS2 AccessKeyId:44CF9590006BF252F707,AdditionalHeaders:range,Signature:DGlEUHh8vhqa7vbAji8rAZOKGiZ8/ap/zzqLV4wwkKo=',
    );
    expect(signV2({ ...credentials, method: 'GET', headers: date })).toBe(
      'OSS2 AccessKeyId:44CF9590006BF252F707,Signature:K4nR1gFZ6eYC9OaHZxpPeGsQ0EnQt3RZ8CnjiJOnCOg=',
    );
  });

  test('for a URL', () => {
    const signed = presignV2({
      ...credentials,
      method: 'GET',
      bucket: 'oss-example',
      key: "dir/a b'é",
      query: [['x-oss-process', 'a/b']],
      headers: {},
      expires: 1_141_889_120,
    });
    expect(Object.fromEntries(signed)['x-oss-signature']).toBe(
      'IdCY1q6M7kQJY3xE+5p9rfApACKZO2D6She96JDQ36g=',
    );
  });
});
