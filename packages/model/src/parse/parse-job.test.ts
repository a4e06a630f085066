import { describe, expect, test } from 'vitest';
import type { TaskDescription } from '../descriptions.ts';
import {
  CLIENT_JOBS,
  COMMAND_LINE_JOB,
  CROMWELL_JOB,
  JAVA_SDK_JOB,
  MAX_3DS_JOB,
  NEXTFLOW_JOB,
  NODE_SDK_JOB,
  PYTHON_SDK_JOB,
} from '../testing/client-bodies.ts';
import { parseJobDescription } from './parse-job.ts';

function onlyTask(body: unknown): TaskDescription {
  const job = parseJobDescription(body);
  if (job.Type !== 'DAG') throw new Error('a DAG was expected');
  const [task] = Object.values(job.DAG.Tasks);
  return task!;
}

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

test.each(Object.entries(CLIENT_JOBS))('a job as the %s sends it is accepted', (_client, body) => {
  expect(parseJobDescription(body).Type).toBe('DAG');
});

describe('a job of the Python SDK', () => {
  test('an empty Docker image means no Docker', () => {
    expect(onlyTask(PYTHON_SDK_JOB).Parameters.Command).not.toHaveProperty('Docker');
  });
  test('empty Mounts, Disks, Classic and Topic are as if absent', () => {
    expect(parseJobDescription(PYTHON_SDK_JOB)).not.toHaveProperty('Notification');
    expect(onlyTask(PYTHON_SDK_JOB)).not.toHaveProperty('Mounts');
    expect(onlyTask(PYTHON_SDK_JOB).AutoCluster?.Configs).toEqual({
      Networks: { VPC: { CidrBlock: '192.168.0.0/16' } },
    });
  });
});

test('a job of the Java SDK runs on its cluster, without an AutoCluster', () => {
  const task = onlyTask(JAVA_SDK_JOB);
  expect(task.ClusterId).toBe('cls-6kilcg94rdtk004d');
  expect(task).not.toHaveProperty('AutoCluster');
});

describe('a job of the command line', () => {
  test('an empty ClusterId gives way to the AutoCluster', () => {
    expect(onlyTask(COMMAND_LINE_JOB)).not.toHaveProperty('ClusterId');
    expect(onlyTask(COMMAND_LINE_JOB).AutoCluster?.ImageId).toBe('img-ubuntu');
  });
  test('an empty AutoCluster gives way to the ClusterId', () => {
    const { task } = COMMAND_LINE_JOB.DAG.Tasks;
    const body = {
      ...COMMAND_LINE_JOB,
      DAG: { Tasks: { task: { ...task, ClusterId: 'cls-1', AutoCluster: {} } } },
    };
    expect(onlyTask(body).ClusterId).toBe('cls-1');
    expect(onlyTask(body)).not.toHaveProperty('AutoCluster');
  });
  test('an empty package and an empty data disk are as if absent', () => {
    expect(onlyTask(COMMAND_LINE_JOB).Parameters.Command).not.toHaveProperty('PackagePath');
    expect(onlyTask(COMMAND_LINE_JOB).AutoCluster?.Configs?.Disks).toEqual({
      SystemDisk: { Type: '', Size: 40 },
    });
  });
  test('the same folder may be input and output', () => {
    expect(onlyTask(COMMAND_LINE_JOB).InputMapping).toEqual({ 'oss://demo/data/': '/home/data/' });
    expect(onlyTask(COMMAND_LINE_JOB).OutputMapping).toEqual({ '/home/data/': 'oss://demo/data/' });
  });
  test('a log file keeps its name beside the folder that it goes to', () => {
    expect(onlyTask(COMMAND_LINE_JOB).LogMapping).toEqual({ '/var/log/x.log': 'oss://demo/logs/' });
  });
});

test('the Node SDK may put Networks under Mounts', () => {
  expect(onlyTask(NODE_SDK_JOB).AutoCluster?.Configs).toEqual({
    Networks: { VPC: { CidrBlock: '10.0.0.0/12' } },
  });
});

test('a job without ClusterId and AutoCluster leaves image and type to the server', () => {
  expect(onlyTask(NEXTFLOW_JOB).AutoCluster).toEqual({
    ResourceType: 'OnDemand',
    UserData: {},
    ReserveOnFail: false,
  });
});

describe('a job of Cromwell', () => {
  test('mounts of single files stay files', () => {
    expect(onlyTask(CROMWELL_JOB).Mounts?.Entries).toEqual([
      {
        Source: 'oss://demo/wf/call-hello/script',
        Destination: '/cromwell_inputs/8c0a/script',
        WriteSupport: false,
      },
      { Source: 'oss://demo/wf/', Destination: '/cromwell_inputs/demo/wf/', WriteSupport: true },
    ]);
  });
  test('a price that arithmetic has blurred keeps its three decimals', () => {
    expect(onlyTask(CROMWELL_JOB).AutoCluster?.SpotPriceLimit).toBe(0.3);
  });
});

test('the 3ds Max program may use a drive and doubled backslashes', () => {
  expect(onlyTask(MAX_3DS_JOB).InputMapping).toEqual({ 'oss://demo/max/': 'D:' });
  expect(onlyTask(MAX_3DS_JOB).OutputMapping).toEqual({ 'C:\\tmp\\2024_01_01\\': 'oss://demo/out/ret/' });
  expect(onlyTask(MAX_3DS_JOB).AutoCluster?.Configs).not.toHaveProperty('InstanceCount');
});

test('a cluster wins when both capacities are filled', () => {
  const { only } = { only: { Parameters: { Command: { CommandLine: 'true' } } } };
  const task = { ...only, ClusterId: 'cls-1', AutoCluster: { ImageId: 'img-ubuntu' } };
  expect(onlyTask({ Name: 'a', Type: 'DAG', DAG: { Tasks: { only: task } } })).toMatchObject({
    ClusterId: 'cls-1',
  });
  expect(onlyTask({ Name: 'a', Type: 'DAG', DAG: { Tasks: { only: task } } })).not.toHaveProperty(
    'AutoCluster',
  );
});

test('a priority may come as text, as the Java SDK repeats it', () => {
  expect(parseJobDescription({ ...NEXTFLOW_JOB, Priority: '5' }).Priority).toBe(5);
});

test('null means not given', () => {
  const job = parseJobDescription({
    ...NEXTFLOW_JOB,
    Description: null,
    Priority: null,
    Notification: null,
    AutoRelease: null,
  });
  expect(job).toMatchObject({ Description: '', Priority: 0, AutoRelease: false });
});

test('an environment variable may be empty, and numbers become text', () => {
  const body = {
    Name: 'a',
    Type: 'DAG',
    DAG: {
      Tasks: {
        only: {
          Parameters: {
            Command: { CommandLine: 'env', EnvVars: { EMPTY: '', N: 3, YES: true, NONE: null } },
          },
        },
      },
    },
  };
  expect(onlyTask(body).Parameters.Command.EnvVars).toEqual({ EMPTY: '', N: '3', YES: 'true' });
});

test('a log path without a slash at its end is a folder all the same', () => {
  const body = {
    Name: 'a',
    Type: 'DAG',
    DAG: {
      Tasks: {
        only: {
          Parameters: { Command: { CommandLine: 'true' }, StdoutRedirectPath: 'oss://demo/logs' },
        },
      },
    },
  };
  expect(onlyTask(body).Parameters.StdoutRedirectPath).toBe('oss://demo/logs/');
});

test('the older name of the token of a mount is understood', () => {
  const body = {
    Name: 'a',
    Type: 'DAG',
    DAG: {
      Tasks: {
        only: {
          Parameters: { Command: { CommandLine: 'true' } },
          Mounts: { OSS: { AccessKeyId: 'i', AccessKeySecret: 's', AccessSecurityToken: 't' } },
        },
      },
    },
  };
  expect(onlyTask(body).Mounts?.OSS).toEqual({
    AccessKeyId: 'i',
    AccessKeySecret: 's',
    SecurityToken: 't',
  });
});
