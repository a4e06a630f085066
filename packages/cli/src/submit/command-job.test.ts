import { expect, test } from 'vitest';
import { parseJobDescription } from '@rebatch/model';
import { submitCommand } from '../commands/submit.ts';
import { Options } from '../options/options.ts';
import { commandJob } from './command-job.ts';

function job(argv: readonly string[]) {
  const options = new Options(submitCommand.options, argv);
  return commandJob(options, options.text('command') ?? '');
}

test('makes a description that the service takes, of options only', () => {
  const program = [
    '--command',
    'python3 main.py',
    '--instances',
    '4',
    '--image',
    'python:3',
    '--env',
    'A=b=c',
  ];
  const data = ['--input', 'oss://data/a=b/=/in/', '--output', '/out/=oss://data/out/'];
  const { description, bucket } = job([...program, ...data, '--timeout', '60', '--bucket', 'work']);
  const parsed = parseJobDescription(description);
  if (parsed.Type !== 'DAG') throw new Error('not a DAG');
  const task = parsed.DAG.Tasks.python3;
  expect(bucket).toBe('work');
  expect(parsed.Name).toBe('python3');
  expect(task).toMatchObject({
    InstanceCount: 4,
    Timeout: 60,
    InputMapping: { 'oss://data/a=b/': '/in/' },
    OutputMapping: { '/out/': 'oss://data/out/' },
    Parameters: {
      Command: { CommandLine: 'python3 main.py', EnvVars: { A: 'b=c' }, Docker: { Image: 'python:3' } },
    },
  });
});

/** The task of `submit --command x …`. */
function taskOf(...argv: string[]): unknown {
  const { description } = job(['--command', 'x', ...argv]);
  return 'DAG' in description ? description.DAG?.Tasks?.['x'] : undefined;
}

test('a name of the table of images is the image of the machine, any other a container image', () => {
  for (const image of ['img-maya', 'm-28sm92ds']) {
    expect(taskOf('--image', image)).toMatchObject({ AutoCluster: { ImageId: image } });
    expect(taskOf('--image', image)).not.toHaveProperty('Parameters.Command.Docker');
  }
  expect(taskOf()).toMatchObject({ AutoCluster: { ImageId: 'img-ubuntu' } });
  expect(taskOf('--image', 'studio/maya:8')).toMatchObject({
    AutoCluster: { ImageId: 'img-ubuntu' },
    Parameters: { Command: { Docker: { Image: 'studio/maya:8' } } },
  });
});

test.each([
  [['--env', 'novalue'], /--env must be NAME=VALUE/],
  [['--input', '/in=oss://b/k'], /--input must be/],
  [['--output', 'oss://b/k=/x'], /--output must be/],
  [['--bucket', 'No'], /bucket/],
  [['--cluster', 'cls-1', '--image', 'img-maya'], /machines of a cluster have their image/],
])('refuses %j', (argv, message) => {
  expect(() => job(['--command', 'true', ...argv])).toThrow(message);
});
