import { describe, expect, test } from 'vitest';
import type { AppJobDescription, TaskDescription } from '../descriptions.ts';
import { parseAppDescription } from '../parse/parse-app.ts';
import { parseJobDescription } from '../parse/parse-job.ts';
import { BLENDER_APP, BLENDER_JOB } from '../testing/blender-app.ts';
import { refusal } from '../testing/refusal.ts';
import { APP_TASK, expandApp } from './expand-app.ts';

function appJob(app: object): AppJobDescription {
  const job = parseJobDescription({ Name: 'run', Type: 'App', App: { AppName: 'demo', ...app } });
  if (job.Type !== 'App') throw new Error('an App job was expected');
  return job;
}

function expand(appFields: object, jobFields: object = {}): TaskDescription {
  const app = parseAppDescription({
    Name: 'demo',
    CommandLine: 'true',
    VM: { ECSImageId: 'img-ubuntu' },
    ...appFields,
  });
  return expandApp(app, appJob(jobFields)).Tasks[APP_TASK]!;
}

function commandLine(appFields: object, jobFields: object = {}): string {
  return expand(appFields, jobFields).Parameters.Command.CommandLine;
}

test('the Blender App of the seed becomes one task with the frames in its command line', () => {
  const dag = expandApp(parseAppDescription(BLENDER_APP), appJob(BLENDER_JOB.App));
  expect(dag).toEqual({
    Tasks: {
      app: {
        Parameters: {
          Command: {
            CommandLine:
              "python -c \"import os;import sys;sys.path.append('/home/scripts/'); from framer import parseFrames; " +
              "frames=parseFrames('1-4'); framestr=' '.join(map(lambda x:str(x), frames)); " +
              "s='blender -b /home/input/splash279/splash279.blend -o /home/output/result/####.png -F PNG -f %s' % framestr; " +
              "print('exec: %s' % s); os.system(s);\"",
            EnvVars: {},
            Docker: { Image: 'registry.cn-shenzhen.aliyuncs.com/batchcompute_test/blender:1.0' },
          },
          InputMappingConfig: { Locale: 'GBK', Lock: false },
          StdoutRedirectPath: 'oss://blender-demo/log/',
          StderrRedirectPath: 'oss://blender-demo/log/',
        },
        InstanceCount: 2,
        Timeout: 86_400,
        MaxRetryCount: 0,
        AutoCluster: {
          InstanceType: 'ecs.sn1ne.2xlarge',
          ResourceType: 'OnDemand',
          Configs: { Disks: { SystemDisk: { Type: 'cloud_efficiency', Size: 40 } } },
          UserData: {},
          ReserveOnFail: false,
        },
        InputMapping: {
          'oss://blender-demo/scripts/': '/home/scripts/',
          'oss://blender-demo/input/': '/home/input/',
        },
        OutputMapping: { '/home/output/': 'oss://blender-demo/output/' },
        LogMapping: {},
        WriteSupport: false,
      },
    },
    Dependencies: {},
  });
});

describe('the command line', () => {
  const file = { LocalPath: '/home/in/a.txt' };
  test('of an App that copies a file names its local paths', () => {
    const app = {
      CommandLine: 'cp ${inputFile} ${outputFile}',
      InputParameters: { inputFile: file },
      OutputParameters: { outputFile: { LocalPath: '/home/out/a.txt' } },
    };
    const job = {
      Inputs: { inputFile: 'oss://b-1/in/a.txt' },
      Outputs: { outputFile: 'oss://b-1/out/a.txt' },
    };
    const task = expand(app, job);
    expect(task.Parameters.Command.CommandLine).toBe('cp /home/in/a.txt /home/out/a.txt');
    expect(task.InputMapping).toEqual({ 'oss://b-1/in/a.txt': '/home/in/a.txt' });
    expect(task.OutputMapping).toEqual({ '/home/out/a.txt': 'oss://b-1/out/a.txt' });
  });

  test('names the path of an output that nobody asked for, which is not uploaded', () => {
    const app = { CommandLine: 'touch ${out}', OutputParameters: { out: { LocalPath: '/home/out/' } } };
    expect(commandLine(app)).toBe('touch /home/out/');
    expect(expand(app).OutputMapping).toEqual({});
  });

  test('keeps what matches no parameter, for the shell', () => {
    const line = 'echo ${HOME} ${toString} ${__proto__} $frames ${frames:-1} ${ frames }';
    expect(commandLine({ CommandLine: line, InputParameters: { frames: { Default: '1' } } })).toBe(line);
  });

  test('replaces every mention, and none inside a value', () => {
    const parameters = { a: { Default: '${b}' }, b: { Default: '$&$1' } };
    expect(commandLine({ CommandLine: '${a} ${b} ${a}', InputParameters: parameters })).toBe(
      '${b} $&$1 ${b}',
    );
  });

  test('shows numbers in decimals', () => {
    const parameters = { n: { Type: 'Number', Default: 3 }, x: { Type: 'Number' } };
    expect(
      commandLine({ CommandLine: 'run ${n} ${x}', InputParameters: parameters }, { Inputs: { x: '0.50' } }),
    ).toBe('run 3 0.5');
  });

  test('cannot grow beyond what a process is given', () => {
    const app = { CommandLine: '${a}'.repeat(200), InputParameters: { a: {} } };
    expect(refusal(() => commandLine(app, { Inputs: { a: 'x'.repeat(1000) } })).code).toBe(
      'InvalidApp.Inputs',
    );
  });
});

describe('an input is refused by its name', () => {
  test.each([
    [{}, { ghost: 'x' }, 'InvalidApp.Inputs.ghost', 'The App demo declares no such input.'],
    [{ frames: {} }, {}, 'MissingApp.Inputs.frames', 'App.Inputs.frames is mandatory for this action.'],
    [{ frames: {} }, { frames: '' }, 'MissingApp.Inputs.frames', 'App.Inputs.frames is mandatory'],
    [{ frames: {} }, { frames: 7 }, 'InvalidApp.Inputs.frames', 'Its type must be string.'],
    [{ n: { Type: 'Number' } }, { n: 'seven' }, 'InvalidApp.Inputs.n', 'Its type must be number.'],
    [
      { fixed: { Default: 'a', Overwritable: false } },
      { fixed: 'b' },
      'InvalidApp.Inputs.fixed',
      'The App does not allow overwriting it.',
    ],
    [
      { folder: { LocalPath: '/home/in/' } },
      { folder: '/data' },
      'InvalidApp.Inputs.folder',
      'It must look like oss://bucket/key.',
    ],
  ])('%j given %j', (parameters, inputs, code, why) => {
    const error = refusal(() => expand({ InputParameters: parameters }, { Inputs: inputs }));
    expect(error).toMatchObject({ status: 400, code, message: expect.stringContaining(why) });
  });

  test('repeating the default of one that is fixed is allowed', () => {
    const parameters = { fixed: { Default: 'a', Overwritable: false } };
    expect(
      commandLine({ CommandLine: 'x ${fixed}', InputParameters: parameters }, { Inputs: { fixed: 'a' } }),
    ).toBe('x a');
  });
});

describe('mapped inputs', () => {
  test('a folder is a folder even when its URL lacks the slash', () => {
    const task = expand(
      { InputParameters: { folder: { LocalPath: '/home/in/' } } },
      { Inputs: { folder: 'oss://demo/in' } },
    );
    expect(task.InputMapping).toEqual({ 'oss://demo/in/': '/home/in/' });
  });

  test('two inputs may point to the same folder', () => {
    const task = expand(
      { InputParameters: { a: { LocalPath: '/home/a/' }, b: { LocalPath: '/home/b/' } } },
      { Inputs: { a: 'oss://demo/in/', b: 'oss://demo/in/' } },
    );
    expect(task.InputMapping).toEqual({ 'oss://demo/in/': '/home/a/' });
    expect(task.Mounts?.Entries).toEqual([
      { Source: 'oss://demo/in/', Destination: '/home/b/', WriteSupport: false },
    ]);
  });
});

describe('an output is refused by its name', () => {
  test('when the App does not declare it', () => {
    const { code } = refusal(() => expand({}, { Outputs: { ghost: 'oss://demo/out/' } }));
    expect(code).toBe('InvalidApp.Outputs.ghost');
  });
  test('when the App gives it no local path', () => {
    const { code, message } = refusal(() =>
      expand({ OutputParameters: { out: {} } }, { Outputs: { out: 'oss://demo/out/' } }),
    );
    expect(code).toBe('InvalidApp.Outputs.out');
    expect(message).toContain('LocalPath');
  });
});

describe('the Config', () => {
  test('of the job goes over that of the App', () => {
    const app = { Config: { InstanceCount: { Default: 3 }, Timeout: { Default: 60 } } };
    const task = expand(app, { Config: { InstanceCount: 5, MaxRetryCount: 2, ResourceType: 'Spot' } });
    expect(task).toMatchObject({ InstanceCount: 5, Timeout: 60, MaxRetryCount: 2 });
    expect(task.AutoCluster?.ResourceType).toBe('Spot');
  });

  test('may not change what the App has fixed, but may repeat it', () => {
    const app = { Config: { InstanceCount: { Default: 3, Overwritable: false } } };
    expect(expand(app, { Config: { InstanceCount: 3 } }).InstanceCount).toBe(3);
    expect(refusal(() => expand(app, { Config: { InstanceCount: 4 } })).code).toBe(
      'InvalidApp.Config.InstanceCount',
    );
  });

  test('with a cluster needs no machines of its own', () => {
    const task = expand({}, { Config: { ClusterId: 'cls-1' } });
    expect(task.ClusterId).toBe('cls-1');
    expect(task).not.toHaveProperty('AutoCluster');
  });

  test('with a data disk mounts it', () => {
    const task = expand({}, { Config: { MinDataDiskSize: 100, DataDiskMountPoint: '/data' } });
    expect(task.AutoCluster?.Configs?.Disks?.DataDisk).toEqual({
      Type: 'cloud_efficiency',
      Size: 100,
      MountPoint: '/data',
    });
  });
});

test('an App on a VM image runs without Docker', () => {
  expect(expand({}).AutoCluster?.ImageId).toBe('img-ubuntu');
  expect(expand({ VM: { ECSImageId: 'm-bp1' } }).AutoCluster?.ECSImageId).toBe('m-bp1');
  expect(expand({}).Parameters.Command).not.toHaveProperty('Docker');
});

test('the variables of the App are those of its task', () => {
  expect(expand({ EnvVars: { A: 'b' } }).Parameters.Command.EnvVars).toEqual({ A: 'b' });
});

test('what the scheduler reads may be left to the job, other variables stay as they are', () => {
  const app = {
    InputParameters: { order: { Default: 'number' }, tool: { Default: 'maya' } },
    EnvVars: { REBATCH_INSTANCE_ORDER: '${order}', REBATCH_LIMITS: '${tool},render', OTHER: '${tool}' },
  };
  const variables = expand(app, { Inputs: { order: 'preview-first' } }).Parameters.Command.EnvVars;
  expect(variables).toEqual({
    REBATCH_INSTANCE_ORDER: 'preview-first',
    REBATCH_LIMITS: 'maya,render',
    OTHER: '${tool}',
  });
});
