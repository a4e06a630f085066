import { expect, test } from 'vitest';
import { credentialsAnswer, isCredentialsPath } from './credentials-answer.ts';

const KEY = { id: 'STS.1', secret: 's', token: 't' };
const ROOT = '/latest/meta-data/ram/security-credentials';

test('tells the role first, and below it the key as a machine of the vendor does', () => {
  expect(credentialsAnswer(`${ROOT}/`, KEY, 0)).toBe('rebatch-task');
  expect(JSON.parse(credentialsAnswer(`${ROOT}/rebatch-task`, KEY, 0) ?? '')).toEqual({
    AccessKeyId: 'STS.1',
    AccessKeySecret: 's',
    SecurityToken: 't',
    LastUpdated: '1970-01-01T00:00:00Z',
    Expiration: '1970-01-01T01:00:00Z',
    Code: 'Success',
  });
  expect(credentialsAnswer(`${ROOT}/other`, KEY, 0)).toBeUndefined();
});

test.each([
  [ROOT, true],
  [`${ROOT}/x`, true],
  [`${ROOT}s`, false],
  ['/latest/meta-data/', false],
])('%s is about a key: %s', (path, expected) => {
  expect(isCredentialsPath(path)).toBe(expected);
});
