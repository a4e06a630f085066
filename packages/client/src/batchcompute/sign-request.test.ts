import { expect, test } from 'vitest';
import { authorization } from './sign-request.ts';

/** Vectors of spec/batchcompute-api.md §3.1 and spec/clients.md §1.1. */
const common = {
  'x-acs-signature-method': 'HMAC-SHA1',
  'x-acs-signature-version': '1.0',
  'x-acs-version': '2015-11-11',
};

test('signs as the Python SDK does', () => {
  const signed = authorization('exampleKeyId', 'exampleSecretKey0001', {
    method: 'get',
    resource: '/jobs?Marker&MaxItemCount=100',
    headers: {
      ...common,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      Date: 'Mon, 01 Jan 2024 00:00:00 GMT',
      'X-Acs-Access-Key-Id': 'exampleKeyId',
      'x-acs-region-id': 'cn-qingdao',
      'x-acs-signature-nonce': '00000000-0000-0000-0000-000000000001',
    },
  });
  expect(signed).toBe('acs exampleKeyId:+wkwkKKZRTXBft3fpL1FYXpkQpo=');
});

test('signs a body digest as the Java SDK does', () => {
  const signed = authorization('exampleKeyId', 'exampleSecretKey0001', {
    method: 'PUT',
    resource: '/jobs/job-000000000000000000000001',
    headers: {
      ...common,
      Accept: 'application/json',
      'Content-MD5': 'rnKvNFZjKabUwearae/4bA==',
      'Content-Type': 'application/json',
      Date: 'Mon, 01 Jan 2024 00:00:00 GMT',
      'x-acs-signature-nonce': '00000000-0000-0000-0000-000000000002',
    },
  });
  expect(signed).toBe('acs exampleKeyId:M46edobg9of1VWVSCAH7IHaiNC0=');
});

test('takes x-acs-date for the date as the Node SDK does', () => {
  const signed = authorization('AK', 'SK', {
    method: 'GET',
    resource: '/jobs/job-1?description',
    headers: { ...common, Accept: 'application/json', 'x-acs-date': 'Sun, 22 Nov 2026 09:03:25 GMT' },
  });
  expect(signed).toBe('acs AK:k7eps4sxTMWi7hyUUB7mFUAhgM8=');
});
