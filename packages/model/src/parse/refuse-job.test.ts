import { describe, expect, test } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { parseJobDescription } from './parse-job.ts';

const COMMAND = { Parameters: { Command: { CommandLine: 'true' } } };

function dagJob(tasks: unknown, dependencies: unknown = {}): unknown {
  return { Name: 'demo', Type: 'DAG', DAG: { Tasks: tasks, Dependencies: dependencies } };
}

function withTask(fields: object): unknown {
  return dagJob({ render: { ...COMMAND, ...fields } });
}

function codeAndMessage(body: unknown): string {
  const { status, code, message } = refusal(() => parseJobDescription(body));
  return `${status} ${code}: ${message}`;
}

test.each([
  ['a text', 'x'],
  ['a list', []],
  ['null', null],
  ['nothing', undefined],
  ['a number', 3],
])('%s is no body', (_what, body) => {
  expect(codeAndMessage(body)).toBe(
    '400 InvalidHttpBody: Specified parameter HttpBody is not valid. Its type must be object.',
  );
});

test('an empty object lacks a Type', () => {
  expect(codeAndMessage({})).toBe('400 MissingType: Type is mandatory for this action.');
});

test.each([
  [{ Type: 'Dag' }, '400 InvalidType: Specified parameter Type is not valid. It must be one of [DAG, App].'],
  [{ Type: 'DAG' }, '400 MissingName: Name is mandatory for this action.'],
  [
    { Type: 'DAG', Name: 7 },
    '400 InvalidName: Specified parameter Name is not valid. Its type must be string.',
  ],
  [
    { Type: 'DAG', Name: '1a' },
    '400 InvalidName: Specified parameter Name is not valid. It must only contain characters within [a-zA-Z0-9_-], and must not start with [0-9].',
  ],
  [
    { Type: 'DAG', Name: 'a'.repeat(65) },
    '400 InvalidName: Specified parameter Name is not valid. Its length must be in [1, 64].',
  ],
  [{ Type: 'DAG', Name: 'a' }, '400 MissingDAG: DAG is mandatory for this action.'],
  [{ Type: 'App', Name: 'a' }, '400 MissingApp: App is mandatory for this action.'],
  [
    { Type: 'DAG', Name: 'a', Priority: 1001 },
    '400 InvalidPriority: Specified parameter Priority is not valid. It must be in [0, 1000].',
  ],
  [
    { Type: 'DAG', Name: 'a', Priority: 'high' },
    '400 InvalidPriority: Specified parameter Priority is not valid. Its type must be integer.',
  ],
  [
    { Type: 'DAG', Name: 'a', AutoRelease: 'maybe' },
    '400 InvalidAutoRelease: Specified parameter AutoRelease is not valid. Its type must be boolean.',
  ],
  [
    { Type: 'DAG', Name: 'a', DAG: { Dependencies: { a: ['b'] } } },
    '400 MissingDAG.Tasks: DAG.Tasks is mandatory for this action.',
  ],
])('%j is refused', (body, expected) => {
  expect(codeAndMessage(body)).toBe(expected);
});

test('the name of an App job may be longer and start with a digit', () => {
  const name = `1${'a'.repeat(99)}`;
  expect(parseJobDescription({ Name: name, Type: 'App', App: { AppName: ':x' } }).Name).toBe(name);
});

test.each([
  [{ InstanceCount: 0 }, 'DAG.Tasks.render.InstanceCount', 'It must be in [1, 1000000].'],
  [{ InstanceCount: 1.5 }, 'DAG.Tasks.render.InstanceCount', 'Its type must be integer.'],
  [{ Timeout: -1 }, 'DAG.Tasks.render.Timeout', 'It must be in [0, 2073600].'],
  [{ MaxRetryCount: [1] }, 'DAG.Tasks.render.MaxRetryCount', 'Its type must be integer.'],
  [{ InputMapping: ['x'] }, 'DAG.Tasks.render.InputMapping', 'Its type must be object.'],
  [
    { AutoCluster: { ResourceType: 'Cheap' } },
    'DAG.Tasks.render.AutoCluster.ResourceType',
    'It must be one of [OnDemand, Spot, PrePaid].',
  ],
  [
    { Parameters: { Command: { CommandLine: 'x', PackagePath: 'http://a/b' } } },
    'DAG.Tasks.render.Parameters.Command.PackagePath',
    'It must look like oss://bucket/key.',
  ],
  [
    { Parameters: { Command: { CommandLine: 'x', PackagePath: 'oss://demo/folder/' } } },
    'DAG.Tasks.render.Parameters.Command.PackagePath',
    'It must name one object.',
  ],
  [
    { Parameters: { Command: { CommandLine: 'x', EnvVars: { 'A=B': 'c' } } } },
    'DAG.Tasks.render.Parameters.Command.EnvVars',
    'The key "A=B" cannot be used. A variable\'s name must not contain "=", blanks or NUL characters.',
  ],
  [
    { Parameters: { Command: { CommandLine: 'x', Docker: { Image: 'a b' } } } },
    'DAG.Tasks.render.Parameters.Command.Docker.Image',
    'It must be an image reference without blanks.',
  ],
  [
    { InputMapping: { 'oss://demo/in/': 'home' } },
    'DAG.Tasks.render.InputMapping',
    'The pair "oss://demo/in/": "home" cannot be used. It must be an absolute path, as /home/data/ or D:\\data\\.',
  ],
  [
    { OutputMapping: { '/home/out/': 'oss://Demo/out/' } },
    'DAG.Tasks.render.OutputMapping',
    'The pair "/home/out/": "oss://Demo/out/" cannot be used. Its bucket must have 3 to 63 characters within [a-z0-9-] and not begin or end with "-".',
  ],
  [
    { InputMapping: { 'oss://demo/a/': '/home/in/', 'oss://demo/b/': '/home/in' } },
    'DAG.Tasks.render.InputMapping',
    'The pair "oss://demo/b/": "/home/in" cannot be used. Another input, "oss://demo/a/", is mapped to the same path.',
  ],
  [
    { Mounts: { Entries: [{ Source: 'oss://demo/a', Destination: '/etc/../a' }] } },
    'DAG.Tasks.render.Mounts.Entries.0',
    'The pair "oss://demo/a": "/etc/../a" cannot be used. It must not contain "." or ".." as a folder.',
  ],
])('the task field %j is refused by its full name', (fields, path, why) => {
  expect(codeAndMessage(withTask(fields))).toBe(
    `400 Invalid${path}: Specified parameter ${path} is not valid. ${why}`,
  );
});

test('a task without a command line is told so', () => {
  expect(codeAndMessage(dagJob({ render: {} }))).toBe(
    '400 MissingDAG.Tasks.render.Parameters.Command.CommandLine: ' +
      'DAG.Tasks.render.Parameters.Command.CommandLine is mandatory for this action.',
  );
});

test('a spot machine with a price limit needs the limit', () => {
  const spot = { ResourceType: 'Spot', SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 0 };
  expect(refusal(() => parseJobDescription(withTask({ AutoCluster: spot }))).code).toBe(
    'MissingDAG.Tasks.render.AutoCluster.SpotPriceLimit',
  );
});

test.each(['', '1st', 'a b', 'a.b', 'ä', 'a'.repeat(33), '__proto__'])('%j is no name of a task', (name) => {
  const tasks = JSON.parse(`{${JSON.stringify(name)}: {}, "ok": {}}`);
  expect(refusal(() => parseJobDescription(dagJob(tasks))).code).toMatch(/^InvalidDAG\.Tasks\.[\w?-]*$/);
});

describe('tasks that cannot be put in order', () => {
  const tasks = { a: COMMAND, b: COMMAND, c: COMMAND };
  test.each([
    [{ a: ['ghost'] }, 'There is no task "ghost", named as a successor of "a".'],
    [{ ghost: ['a'] }, 'There is no task "ghost".'],
    [{ ghost: [] }, 'There is no task "ghost".'],
    [{ a: ['a'] }, 'The task "a" waits for itself.'],
    [{ a: ['b', 'b'] }, 'The task "b" is named twice as a successor of "a".'],
    [{ a: ['b'], b: ['c'], c: ['a'] }, 'Its tasks wait for each other: a -> b -> c -> a.'],
    [{ a: ['b'], b: ['c'], c: ['b'] }, 'Its tasks wait for each other: b -> c -> b.'],
    [{ a: 'b' }, 'Its type must be array. (the successors of "a")'],
    [['a'], 'Its type must be object.'],
  ])('%j', (dependencies, why) => {
    expect(codeAndMessage(dagJob(tasks, dependencies))).toBe(
      `400 InvalidDependencies: Specified parameter Dependencies is not valid. ${why}`,
    );
  });

  test('constructor is no task just because every object has one', () => {
    expect(refusal(() => parseJobDescription(dagJob(tasks, { a: ['constructor'] }))).code).toBe(
      'InvalidDependencies',
    );
  });
});

const appJob = (App: object): unknown => ({ Name: 'a', Type: 'App', App });

describe('an App job', () => {
  test.each([
    [{ Inputs: { a: 'b' } }, 'MissingApp.AppName'],
    [{ AppName: 'a/b' }, 'InvalidApp.AppName'],
    [{ AppName: 'a', Inputs: { 'a b': 'x' } }, 'InvalidApp.Inputs.a?b'],
    [{ AppName: 'a', Inputs: { frames: ['1'] } }, 'InvalidApp.Inputs.frames'],
    [{ AppName: 'a', Inputs: { frames: '1\n2' } }, 'InvalidApp.Inputs.frames'],
    [{ AppName: 'a', Outputs: { out: '/tmp' } }, 'InvalidApp.Outputs.out'],
    [{ AppName: 'a', Logging: { StdoutPath: 'logs' } }, 'InvalidApp.Logging.StdoutPath'],
    [{ AppName: 'a', Config: { InstanceCount: 'two' } }, 'InvalidApp.Config.InstanceCount'],
  ])('%j is refused', (app, code) => {
    expect(refusal(() => parseJobDescription(appJob(app))).code).toBe(code);
  });

  test('the typo key of the command line is ignored', () => {
    const parsed = parseJobDescription(appJob({ AppName: 'a', Config: { InstanceCounts: 9 } }));
    expect(parsed).toMatchObject({ App: { Config: {} } });
  });
});
