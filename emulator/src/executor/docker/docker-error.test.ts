import { expect, test } from 'vitest';
import { sandboxErrorOf } from './docker-error.ts';

test.each([
  [`task ${'3e'.repeat(32)}: already exists`, 'gone'],
  ['id already in use', 'gone'],
  ['write /var/lib/docker/x: no space left on device', 'no-space'],
  ['invalid reference format', 'refused'],
])('an engine that says %j means: %s', (message, reason) => {
  const error = Object.assign(new Error('(HTTP code 409) …'), { statusCode: 409, json: { message } });
  expect(sandboxErrorOf(error)).toMatchObject({ reason, cause: error });
});
