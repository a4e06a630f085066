import { type Dag, parseJobDescription } from '@rebatch/model';
import type { AttemptSpec } from '@rebatch/worker';
import { expect, test } from 'vitest';
import { attemptSpecs } from './attempt-spec.ts';
import { storedImages } from './image-names.ts';

function dagOf(task: object): Dag {
  const description = parseJobDescription({ Name: 'j', Type: 'DAG', DAG: { Tasks: { a: task } } });
  return description.Type === 'DAG' ? description.DAG : expect.unreachable();
}

function specOf(task: object, strictSizes = false): AttemptSpec {
  return attemptSpecs({ region: 'r', images: storedImages({ findImage: () => undefined }), strictSizes })({
    job: { id: 'job-1', owner: '9' },
    dag: dagOf({ Parameters: { Command: { CommandLine: 'x' } }, ...task }),
    taskName: 'a',
    instanceId: 2,
    attempt: 1,
  });
}

test('mappings and mounts of task and AutoCluster become inputs, the task first where two want one place', () => {
  const { inputs } = specOf({
    InputMapping: { 'oss://bucket/in/': '/home/in/' },
    Mounts: { Entries: [{ Source: 'oss://bucket/task/', Destination: '/ref/', WriteSupport: true }] },
    AutoCluster: {
      Configs: {
        Mounts: {
          Entries: [
            { Source: 'oss://bucket/cluster/', Destination: '/ref/' },
            { Source: 'oss://bucket/one.txt', Destination: '/one.txt' },
          ],
        },
      },
    },
  });
  expect(inputs).toEqual([
    { url: 'oss://bucket/in/', path: '/home/in/', writable: false },
    { url: 'oss://bucket/task/', path: '/ref/', writable: true },
    { url: 'oss://bucket/one.txt', path: '/one.txt', writable: false },
  ]);
});

test('a place that is named twice with one source may be written to when one of the two says so', () => {
  const { inputs } = specOf({
    InputMapping: { 'oss://bucket/in/': '/home/in/' },
    Mounts: {
      Entries: [{ Source: 'oss://bucket/in/', Destination: '/home/in/', WriteSupport: true }],
    },
    AutoCluster: {
      Configs: {
        Mounts: {
          Entries: [{ Source: 'oss://bucket/other/', Destination: '/home/in/', WriteSupport: true }],
        },
      },
    },
  });
  expect(inputs).toEqual([{ url: 'oss://bucket/in/', path: '/home/in/', writable: true }]);
});

const withLocales = (EnvVars: object): object => ({
  Parameters: { Command: { CommandLine: 'x', EnvVars }, InputMappingConfig: { Locale: 'GBK' } },
  InputMapping: { 'oss://bucket/in/': '/home/in/' },
  Mounts: { Locale: 'UTF-8', Entries: [{ Source: 'oss://bucket/ref/', Destination: '/ref/' }] },
});

test('names are in GBK for a program whose own locale says so, not for every client that sends it unasked', () => {
  expect(specOf(withLocales({}))).toEqual(expect.not.objectContaining({ charset: 'gbk' }));
  const { charset, inputs } = specOf(withLocales({ LANG: 'zh_CN.GBK' }));
  expect([charset, ...inputs.map((input) => input.charset)]).toEqual(['gbk', 'gbk', undefined]);
});

test('a log file goes below the OSS folder under its own name and that of the instance', () => {
  const { logs, outputs } = specOf({
    LogMapping: { '/var/log/app.log': 'oss://bucket/logs/', '/var/more/': 'oss://bucket/more/' },
    OutputMapping: { '/home/out/': 'oss://bucket/out/' },
  });
  expect(logs).toEqual([
    { path: '/var/log/app.log', url: 'oss://bucket/logs/app.log.job-1.a.2' },
    { path: '/var/more/', url: 'oss://bucket/more/' },
  ]);
  expect(outputs).toEqual([{ path: '/home/out/', url: 'oss://bucket/out/' }]);
});

test('log prefixes become the full URLs of the instance, with or without a slash at their end', () => {
  const command = { Command: { CommandLine: 'x' } };
  const spec = specOf({
    Parameters: { ...command, StdoutRedirectPath: 'oss://bucket/l', StderrRedirectPath: 'oss://bucket/l/' },
  });
  expect(spec.stdoutUrl).toBe('oss://bucket/l/stdout.job-1.a.2');
  expect(spec.stderrUrl).toBe('oss://bucket/l/stderr.job-1.a.2');
  expect(specOf({}).stdoutUrl).toBeUndefined();
});

test('an InstanceType is a limit only when sizes are strict', () => {
  const task = { AutoCluster: { InstanceType: 'bcs.a2.large' } };
  expect(specOf(task).resources).toBeUndefined();
  expect(specOf(task, true).resources).toEqual({ cpus: 4, memoryBytes: 8 * 1024 ** 3 });
});

test('the package, the environment and the contract are those of the command', () => {
  const spec = specOf({
    Timeout: 77,
    InstanceCount: 5,
    Parameters: {
      Command: {
        CommandLine: 'python main.py',
        PackagePath: 'oss://bucket/p.tar.gz',
        EnvVars: { lower: 'case' },
        Docker: { Image: 'tool:1' },
      },
    },
  });
  expect(spec).toMatchObject({
    id: 'job-1.a.2.1',
    commandLine: 'python main.py',
    packageUrl: 'oss://bucket/p.tar.gz',
    env: { lower: 'case' },
    image: 'tool:1',
    contract: 'docker',
    timeoutSeconds: 77,
    instanceCount: 5,
    owner: '9',
    region: 'r',
  });
});

test('GPUs are wanted by the type; only strict sizes insist on them', () => {
  const task = { AutoCluster: { ImageId: 'img-ubuntu', InstanceType: 'ecs.gn6i-c24g1.12xlarge' } };
  expect(specOf(task).gpus).toEqual({ count: 2, required: false });
  expect(specOf(task, true).gpus).toEqual({ count: 2, required: true });
  expect(specOf({ AutoCluster: { ImageId: 'img-ubuntu' } })).not.toHaveProperty('gpus');
});

test('a task that says ReserveOnFail has its failed sandboxes kept', () => {
  expect(specOf({ AutoCluster: { ImageId: 'img-ubuntu', ReserveOnFail: true } }).keepOnFail).toBe(true);
  expect(specOf({ AutoCluster: { ImageId: 'img-ubuntu' } })).not.toHaveProperty('keepOnFail');
});
