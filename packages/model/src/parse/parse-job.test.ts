import { expect, test } from 'vitest';
import { parseJobDescription } from './parse-job.ts';

test('a minimal DAG job gets every default', () => {
  expect(
    parseJobDescription({
      Name: 'demo',
      Type: 'DAG',
      DAG: { Tasks: { only: { Parameters: { Command: { CommandLine: 'true' } } } } },
    }),
  ).toEqual({
    Name: 'demo',
    Description: '',
    Priority: 0,
    JobFailOnInstanceFail: true,
    AutoRelease: false,
    Type: 'DAG',
    DAG: {
      Tasks: {
        only: {
          Parameters: {
            Command: { CommandLine: 'true', EnvVars: {} },
            InputMappingConfig: { Locale: 'GBK', Lock: false },
          },
          InstanceCount: 1,
          Timeout: 86_400,
          MaxRetryCount: 0,
          AutoCluster: { ResourceType: 'OnDemand', UserData: {}, ReserveOnFail: false },
          InputMapping: {},
          OutputMapping: {},
          LogMapping: {},
          WriteSupport: false,
        },
      },
      Dependencies: {},
    },
  });
});
