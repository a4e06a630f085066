import { expect, test } from 'vitest';
import { splitAppName } from './names.ts';

test.each([
  ['demo', 'Private', 'demo'],
  [':cromwell', 'Public', 'cromwell'],
  ['Public:cromwell', 'Public', 'cromwell'],
])('the App %s is %s and called %s', (reference, scope, name) => {
  expect(splitAppName(reference)).toEqual({ scope, name });
});
