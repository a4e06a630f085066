import { expect, test } from 'vitest';
import * as errors from './errors.ts';

test.each([
  [errors.notFound(), 404, 'InvalidResource.NotFound', 'Specified resource is not found.'],
  [
    errors.stateConflict('Running'),
    409,
    'StateConflict',
    'User operation is invalid. The current resource state is Running.',
  ],
  [errors.invalidJsonFormat(), 400, 'InvalidJsonFormat', 'The request body has an invalid json format.'],
  [errors.idempotentTokenMismatch(), 400, 'IdempotentTokenMismatch', 'Specified idempotent token mismatch.'],
  [errors.missingPriority(), 400, 'MissingPriority', 'Priority is mandatory for this action.'],
  [
    errors.invalidPriority('Its type must be integer.'),
    400,
    'InvalidPriority',
    'Specified parameter Priority is not valid. Its type must be integer.',
  ],
])('%s has the words of the wire', (error, status, code, message) => {
  expect({ status: error.status, code: error.code, message: error.message }).toEqual({
    status,
    code,
    message,
  });
});

test('a wrong signature answers 400, as documented', () => {
  expect(errors.signatureDoesNotMatch().status).toBe(400);
});

test('Cromwell comes back after refusals that pass: a status from 500 on, or a code that starts with Throttling', () => {
  const passing = [errors.quotaExhausted('jobs', 10), errors.throttling(), errors.internalError()];
  expect(passing.map(({ status, code }) => [status, code])).toEqual([
    [503, 'QuotaExhausted'],
    [429, 'Throttling'],
    [500, 'InternalError'],
  ]);
});
