import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { registerApp, maxApp } from '@rebatch/apps';
import { ClusterClient } from '@rebatch/client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readPng } from '../support/png.ts';
import { readObject } from '../support/read-object.ts';
import { rebatch } from '../support/rebatch.ts';
import { removeCluster } from '../support/remove-cluster.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';

const BUCKET = 'windows';
const IMAGE = 'rebatch/wine:latest';
let server: StartedServer;

beforeAll(async () => {
  server = await startServer({ slots: 2 });
  await server.objects.makeBucket(BUCKET);
});
afterAll(() => server.dispose());

const put = (key: string, content: string): Promise<unknown> =>
  server.objects.put(BUCKET, key, Buffer.from(content));

/** What the only instance of a task came to. */
async function runTask(
  commandLine: string,
  task: Record<string, unknown> = {},
  command: Record<string, unknown> = {},
): Promise<{ state: string; exitCode: number; stdout: string; stderr: string; message: string }> {
  const logs = `oss://${BUCKET}/logs/`;
  const id = await server.client.createJob({
    Name: 'windows',
    Type: 'DAG',
    DAG: {
      Tasks: {
        task: {
          Timeout: 120,
          AutoCluster: { ImageId: IMAGE },
          Parameters: {
            Command: { CommandLine: commandLine, ...command },
            StdoutRedirectPath: logs,
            StderrRedirectPath: logs,
          },
          ...task,
        },
      },
      Dependencies: {},
    },
  });
  const { State: state } = await jobEnd(server, id);
  const { Result } = await server.client.getInstance(id, 'task', 0);
  const log = (name: string): Promise<string> =>
    readObject(server.objects, BUCKET, `logs/${name}.${id}.task.0`).catch(() => '');
  const [stdout, stderr] = await Promise.all([log('stdout'), log('stderr')]);
  return { state, exitCode: Result.ExitCode, stdout, stderr, message: Result.ErrorMessage };
}

const RUN_BAT = `@echo off
echo args %*
echo in %CD%, instance %BATCH_COMPUTE_DAG_INSTANCE_ID%, %STUDIO%
type "E:\\SCENES\\WORDS of all.TXT"
echo done> "C:\\out dir\\rc.txt"
tool.bat
`;

test('a batch file on a drive gets its words, finds files in any case, and says its whole exit code', async () => {
  await put('drive/tools/run.bat', RUN_BAT.replaceAll('\n', '\r\n'));
  await put('drive/tools/tool.bat', '@echo tool on the path\r\n@exit /b 300\r\n');
  await put('drive/scenes/words of all.txt', 'pear\r\n');
  const done = await runTask(
    'e:/tools/run.bat -o C:\\tmp\\x\\ "a b"',
    {
      InputMapping: { [`oss://${BUCKET}/drive/`]: 'E:' },
      OutputMapping: { 'C:\\\\out dir\\\\\\': `oss://${BUCKET}/out/` },
    },
    { EnvVars: { STUDIO: 'north', Path: 'C:\\windows\\system32;E:\\tools' } },
  );
  expect(done).toMatchObject({ state: 'Failed', exitCode: 300, stderr: '' });
  expect(done.stdout).toBe(
    'args -o C:\\tmp\\x\\ "a b"\r\nin C:\\batchcompute\\workdir, instance 0, north\r\npear\r\ntool on the path\r\n',
  );
  expect(await readObject(server.objects, BUCKET, 'out/rc.txt')).toBe('done\r\n');
});

const WORK_PY = `
import msvcrt, os, subprocess, sys
print(sys.platform, os.sep, sys.argv[1:], os.path.abspath('x'))
with open('D:/场景 1/a.max') as scene:
    msvcrt.locking(scene.fileno(), msvcrt.LK_NBLCK, 100)
    print(scene.read())
open('D:/场景 1/local.txt', 'w').write('stays here')
os.makedirs('C:/tmp/帧')
open('C:/tmp/帧/图 0001.png', 'w').write('picture')
print(subprocess.run('echo %OS%', shell=True, stdout=subprocess.PIPE).stdout, '渲染')
sys.stdout.flush()
os._exit(-1073741819)
`;

test('a Python script locks files of its drive, writes names in Chinese, and can crash', async () => {
  await put('package/work.py', WORK_PY);
  await put('locked/场景 1/a.max', 'a scene');
  const done = await runTask(
    'python work.py "a\\"b" C:\\\\tmp\\\\ "D:\\\\"',
    {
      InputMapping: { [`oss://${BUCKET}/locked/`]: 'D:' },
      OutputMapping: { 'c:\\tmp\\': `oss://${BUCKET}/ret/` },
      WriteSupport: false,
      InputMappingConfig: { Lock: true },
    },
    { PackagePath: `oss://${BUCKET}/package/work.py` },
  );
  expect(done, done.stderr).toMatchObject({ state: 'Failed', exitCode: -1073741819 });
  expect(done.stdout).toBe(
    [
      `win32 \\ ['a"b', 'C:\\\\\\\\tmp\\\\\\\\', 'D:\\\\'] C:\\batchcompute\\workdir\\x`,
      'a scene',
      "b'Windows_NT\\r\\n' 渲染",
      '',
    ].join('\r\n'),
  );
  expect(await readObject(server.objects, BUCKET, 'ret/帧/图 0001.png')).toBe('picture');
  await expect(readObject(server.objects, BUCKET, 'locked/场景 1/local.txt')).rejects.toThrow(
    'does not exist',
  );
});

test('programs of Windows run by their names, and lines for a shell by one', async () => {
  const ping = await runTask('ping -n 2 127.0.0.1');
  expect(ping, ping.stderr).toMatchObject({ state: 'Finished', exitCode: 0 });
  expect(ping.stdout).toContain('Reply from 127.0.0.1');
  const both = await runTask('echo some words && exit 7');
  expect(both).toMatchObject({ state: 'Failed', exitCode: 7, stdout: 'some words \r\n' });
});

const mapped = (path: string) => ({ InputMapping: { [`oss://${BUCKET}/drive/`]: path } });

test('a path of the wrong system is told before anything runs', async () => {
  const onLinux = { AutoCluster: { ImageId: 'img-ubuntu' } };
  const [linux, windows] = await Promise.all([
    runTask('true', { ...mapped('D:'), ...onLinux }),
    runTask('cmd /c exit 0', mapped('/home/in/')),
  ]);
  expect(linux.message).toContain('"D:" is a Windows path, but the task runs on Linux');
  expect(windows.message).toContain('the task runs on Windows');
});

test('machines of a cluster boot with a batch file of a drive, end programs whose time is over, and render for the App', async () => {
  await put('boot/boot.bat', '@echo %STUDIO%>C:\\booted.txt\r\n@exit /b 0\r\n');
  await put('in/shot/scene 1.max', 'a scene');
  const { api: endpoint, accessKeyId, accessKeySecret } = server;
  const clusters = new ClusterClient({ endpoint, accessKeyId, accessKeySecret });
  onTestFinished(() => clusters.close());
  const ClusterId = await clusters.createCluster({
    Name: 'max',
    ImageId: IMAGE,
    Groups: { group: { DesiredVMCount: 1, ResourceType: 'OnDemand' } },
    EnvVars: { STUDIO: 'north' },
    Bootstrap: 'e:\\boot.bat',
    Configs: { Mounts: { Entries: [{ Source: `oss://${BUCKET}/boot/`, Destination: 'e:' }] } },
  });
  const onCluster = { ClusterId, AutoCluster: undefined };
  const endless = await runTask('ping -n 1000 127.0.0.1', { ...onCluster, Timeout: 3 });
  expect(endless).toMatchObject({ state: 'Failed', message: expect.stringContaining('Timeout') });
  const booted = await runTask('type C:\\booted.txt', onCluster);
  expect(booted).toMatchObject({ state: 'Finished', stdout: 'north\r\n' });

  await registerApp(server.client, maxApp());
  const folder = `oss://${BUCKET}/`;
  const id = await server.client.createJob({
    Name: 'app',
    Type: 'App',
    App: {
      AppName: '3dsmax',
      Inputs: {
        input_oss_folder: `${folder}in/`,
        scene_file_path: 'shot/scene 1.max',
        frames: '1-3,7',
        output_name: 'day 1/a.png',
        resolution: '320x240',
      },
      Outputs: { output_oss_folder: `${folder}pictures/` },
      Logging: { StdoutPath: `${folder}app/`, StderrPath: `${folder}app/` },
      Config: { InstanceCount: 2 },
    },
  });
  const job = await jobEnd(server, id);
  const log = async (n: number): Promise<string> => {
    const [task = ''] = (await server.client.listTasks(id)).Items.map(({ TaskName }) => TaskName);
    return readObject(server.objects, BUCKET, `app/stdout.${id}.${task}.${n}`).catch(() => '');
  };
  expect(job.State, await log(0)).toBe('Finished');
  const pictures: string[] = [];
  for await (const { key } of server.objects.list(BUCKET, { prefix: 'pictures/result/' })) {
    if (key.endsWith('.png')) pictures.push(key);
  }
  expect(pictures).toEqual(['0001', '0002', '0003', '0007'].map((n) => `pictures/result/day 1/a${n}.png`));
  const sizes = await Promise.all(
    pictures.map(async (key) => readPng(await buffer((await server.objects.get(BUCKET, key)).body))),
  );
  expect(sizes.map(({ width, height }) => `${width}x${height}`)).toEqual(Array(4).fill('320x240'));
  expect(new Set(sizes.map(({ pixels }) => pixels)).size).toBe(4);
  expect(await log(0)).not.toContain('each instance renders an equal share');
  await removeCluster(clusters, ClusterId);
});

test('rebatch render takes a .max scene as it takes a .blend one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-max-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const scene = join(folder, 'island.max');
  await writeFile(scene, 'a scene');
  const out = join(folder, 'out');
  const options = [
    '--frames',
    '1-3',
    '--resolution',
    '160x120',
    '--no-movie',
    '--no-contact-sheet',
    '-o',
    out,
  ];
  const done = await rebatch(server, 'render', scene, ...options);
  expect(done, done.stderr).toMatchObject({ code: 0 });
  const pictures = ['island0001.png', 'island0002.png', 'island0003.png'];
  expect((await readdir(out)).toSorted()).toEqual(pictures);
  expect(readPng(await readFile(join(out, 'island0002.png')))).toMatchObject({ width: 160, height: 120 });
});
