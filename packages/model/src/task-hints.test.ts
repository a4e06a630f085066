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
  [{}, {}, {}],
  [{ REBATCH_INSTANCE_ORDER: 'preview-first' }, {}, { order: 'preview-first' }],
  [{ REBATCH_LIMITS: 'maya, arnold maya' }, {}, { limits: ['arnold', 'maya'] }],
  [{}, { REBATCH_LIMITS: 'maya' }, { limits: ['maya'] }],
  [{ REBATCH_LIMITS: '' }, { REBATCH_LIMITS: 'maya' }, {}],
  [{ REBATCH_STREAM_OUTPUTS: 'true' }, {}, { streamOutputs: true }],
  [{ REBATCH_STREAM_OUTPUTS: 'false' }, {}, {}],
] as const)('the variables %j and user data %j say %j', (variables, userData, said) => {
  const silent = { order: 'number', limits: [], streamOutputs: false };
  expect(hints(variables, userData)).toEqual({ ...silent, ...said });
});

test.each([
  [{ REBATCH_INSTANCE_ORDER: 'backwards' }, 'InvalidP.REBATCH_INSTANCE_ORDER'],
  [{ REBATCH_STREAM_OUTPUTS: 'yes' }, 'InvalidP.REBATCH_STREAM_OUTPUTS'],
  [{ REBATCH_LIMITS: 'ma/ya' }, 'InvalidP.REBATCH_LIMITS'],
  [{ REBATCH_LIMITS: '-x' }, 'InvalidP.REBATCH_LIMITS'],
  [{ REBATCH_LIMITS: Array.from({ length: 17 }, (_, n) => `l${n}`).join(',') }, 'InvalidP.REBATCH_LIMITS'],
])('%j is refused with its name', (variables, code) => {
  expect(() => hints(variables)).toThrow(expect.objectContaining({ status: 400, code }));
});
