import { expect, test } from 'vitest';
import { parseJobDescription } from './parse/parse-job.ts';
import { type TaskHints, taskHints } from './task-hints.ts';

function hints(variables: object, userData: object = {}): TaskHints {
  const job = parseJobDescription({
    Name: 'j',
    Type: 'DAG',
    DAG: {
      Tasks: {
        a: {
          Parameters: { Command: { CommandLine: 'x', EnvVars: variables } },
          AutoCluster: { UserData: userData },
        },
      },
    },
  });
  if (job.Type !== 'DAG') throw new Error('not a DAG');
  return taskHints(job.DAG.Tasks['a']!, 'P');
}

test.each([
  [{}, {}, { order: 'number', limits: [] }],
  [{ REBATCH_INSTANCE_ORDER: 'preview-first' }, {}, { order: 'preview-first', limits: [] }],
  [{ REBATCH_LIMITS: 'maya, arnold maya' }, {}, { order: 'number', limits: ['arnold', 'maya'] }],
  [{}, { REBATCH_LIMITS: 'maya' }, { order: 'number', limits: ['maya'] }],
  [{ REBATCH_LIMITS: '' }, { REBATCH_LIMITS: 'maya' }, { order: 'number', limits: [] }],
] as const)('the variables %j and user data %j say %j', (variables, userData, said) => {
  expect(hints(variables, userData)).toEqual(said);
});

test.each([
  [{ REBATCH_INSTANCE_ORDER: 'backwards' }, 'InvalidP.REBATCH_INSTANCE_ORDER'],
  [{ REBATCH_LIMITS: 'ma/ya' }, 'InvalidP.REBATCH_LIMITS'],
  [{ REBATCH_LIMITS: '-x' }, 'InvalidP.REBATCH_LIMITS'],
  [{ REBATCH_LIMITS: Array.from({ length: 17 }, (_, n) => `l${n}`).join(',') }, 'InvalidP.REBATCH_LIMITS'],
])('%j is refused with its name', (variables, code) => {
  expect(() => hints(variables)).toThrow(expect.objectContaining({ status: 400, code }));
});
