import { expect } from 'vitest';
import type { Received } from './send.ts';

/** The form of a request id (spec §4.1). */
export const UUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

/** Status and code of a refusal, whose form is checked, too (spec §4.2). */
export function refusalIn(response: Received): [status: number, code: string] {
  expectCommonHeaders(response);
  expect(response.json).toEqual({
    Code: expect.stringMatching(/^[A-Z]/),
    Message: expect.stringMatching(/./),
    RequestId: response.headers['x-acs-request-id'],
    HostId: '',
  });
  return [response.status, String(Object(response.json).Code)];
}

/** Expects the headers that every answer must have (spec §4.1). */
export function expectCommonHeaders({ headers, rawHeaders }: Received): void {
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-acs-request-id': expect.stringMatching(UUID),
    date: expect.stringMatching(/ GMT$/),
    server: 'AliyunBatchCompute',
  });
  expect(rawHeaders).toContain('Request-Id');
  expect(headers['request-id']).toBe(headers['x-acs-request-id']);
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers.etag).toBeUndefined();
}
