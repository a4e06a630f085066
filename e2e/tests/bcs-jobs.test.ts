import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bcs, type BcsFarm, logIn, startBcsFarm } from '../support/bcs.ts';
import { jobEnd } from '../support/submit-render.ts';
import type { VendorServer } from '../support/vendor-server.ts';
import { until } from '../support/until.ts';

const REGION = 'local';
const BUCKET = 'farm';
const JOB_ID = /job-[0-9A-F]{32}/;

let farm: BcsFarm;
let vendor: VendorServer;
let bcs: Bcs;
let folder: string;
beforeAll(async () => {
  farm = await startBcsFarm(REGION, BUCKET, { slots: 2 });
  ({ vendor, bcs, folder } = farm);
});
afterAll(() => farm?.dispose());

test('login works on the vendor’s own host names, and a wrong secret does not', async () => {
  await bcs('set', '-s', 'false');
  expect(await bcs.error('login', REGION, vendor.server.accessKeyId, 'wrong')).toContain(
    'SignatureDoesNotMatch',
  );
  expect(await logIn(bcs, vendor, REGION, `oss://${BUCKET}/bcs/`)).toContain('login success');
  expect(await bcs('set')).toContain(`osspath: oss://${BUCKET}/bcs/`);
});

test('a packed folder runs on two nodes and leaves its logs', async () => {
  await mkdir(join(folder, 'pack'));
  const script = 'cat data.txt; echo hello from $NAME, node $BATCH_COMPUTE_DAG_INSTANCE_ID; echo oops >&2\n';
  await writeFile(join(folder, 'pack/run.sh'), script);
  await writeFile(join(folder, 'pack/data.txt'), 'payload\n');
  const submitted = await bcs('sub', 'sh run.sh', 'packed', '-p', './pack/', '-e', 'NAME:bob', '-n', '2');
  expect(submitted).toContain('add run.sh');
  const job = await finished(submitted);

  expect(await bcs('j')).toMatch(new RegExp(`1\\. *\\| ${job} +\\| packed *\\| Finished \\| 1 / 1`));
  expect(await bcs('j', '1')).toMatch(/task +\| Finished \| 2 \/ 2/);
  expect(await bcs('j', '1', '1')).toContain('CommandLine: sh run.sh');
  const instance = await bcs('j', '1', '1', '0');
  expect(instance).toContain(`logs/stdout.${job}.task.0`);
  expect(instance).toContain('payload\nhello from bob, node 0');
  expect(instance).toContain('oops');
  const log = await bcs('log', job);
  expect(log).toContain('hello from bob, node 0');
  expect(log).toContain('hello from bob, node 1');
  await bcs('log', job, 'task', '1', '-d', '/case/logs/');
  expect((await readdir(join(folder, 'logs'))).toSorted()).toEqual(
    ['result', 'stderr', 'stdout'].map((what) => `${what}.${job}.task.1`),
  );
  expect(await readFile(join(folder, `logs/stdout.${job}.task.1`), 'utf8')).toContain('node 1');
  expect(await bcs('check', job)).toContain('JobName: packed (Finished)');
});

test('a failed job tells why', async () => {
  const job = await finished(await bcs('sub', 'sh -c "exit 3"', 'fails'), 'Failed');
  expect(await bcs('j', job)).toContain('State: Failed');
  expect(await bcs('check', job)).toMatch(/ExitCode.*3/s);
});

test('a job is stopped, changed, restarted and deleted', async () => {
  const job = idIn(await bcs('sub', 'sleep 600', 'long'));
  expect(await bcs.error('rj', job, '-y')).toContain('StateConflict');
  expect(await bcs('sj', job, '-y')).toContain('done');
  expect(await bcs('j', job)).toContain('State: Stopped');
  expect(await bcs('uj', job, '-p', '7', '-y')).toContain('done');
  expect(await bcs('j', job)).toContain('Priority: 7');
  expect(await bcs('rj', job, '-y')).toContain('done');
  await until('the job runs again', async () => {
    return (await vendor.server.client.getJob(job)).State === 'Running';
  });
  // Stops it and deletes it at once.
  expect(await bcs('dj', job, '-y')).toContain('done');
  expect(await bcs.error('j', job)).toContain('InvalidResource.NotFound');
});

test('an App is submitted with a local file as its input', async () => {
  const command = 'sh -c "cat ${source} ${source} > ${target}; echo copied by $MODE"';
  const inputs = ['--inputs', 'source:String:/home/in.txt', '--outputs', 'target:String:/home/out.txt'];
  const more = ['-i', 'img-ubuntu', '-e', 'MODE:bcs', '-t', 'ecs.sn1ne.large:true'];
  expect(await bcs('ca', 'copy', command, ...more, ...inputs)).toContain('App created: copy');
  expect(await bcs('asub', 'copy', '-h')).toContain('--input_source');
  await writeFile(join(folder, 'words.txt'), 'words\n');
  const target = `oss://${BUCKET}/out/words.txt`;
  const asub = ['asub', 'copy', 'copies', '--input_from_file_source', '/case/words.txt'];
  const job = await finished(await bcs(...asub, '--output_target', target));
  expect(await bcs('o', 'cat', target)).toContain('words\nwords');
  expect(await bcs('log', job)).toContain('copied by bcs');
  expect(await bcs('j', job)).toContain('Type: App');
});

test('objects go up, are listed, read, copied, come down and are deleted', async () => {
  const root = `oss://${BUCKET}/dir/`;
  await writeFile(join(folder, 'f.txt'), 'some text\n');
  await bcs('o', 'up', '/case/f.txt', root);
  await bcs('o', 'cp', `${root}f.txt`, `${root}g.txt`);
  await mkdir(join(folder, 'tree/deep'), { recursive: true });
  await writeFile(join(folder, 'tree/deep/leaf.txt'), 'leaf\n');
  await bcs('o', 'up', '/case/tree', `${root}tree/`);
  expect(await bcs('o', 'ls', root)).toMatch(/tree\/\n?.*f\.txt \(10B\).*g\.txt \(10B\)/s);
  expect(await bcs('o', 'cat', `${root}g.txt`)).toContain('some text');
  await bcs('o', 'down', `${root}g.txt`, '/case/down.txt');
  expect(await readFile(join(folder, 'down.txt'), 'utf8')).toBe('some text\n');
  await bcs('o', 'down', `${root}tree/`, '/case/down/');
  expect(await readFile(join(folder, 'down/deep/leaf.txt'), 'utf8')).toBe('leaf\n');
  expect(await bcs('o', 'pwd')).toContain(`osspath : oss://${BUCKET}/bcs/`);
  await bcs('o', 'delete', `${root}f.txt`, '-y');
  await bcs('o', 'del', `${root}tree/`, '-y');
  const left: string[] = [];
  for await (const entry of vendor.server.objects.list(BUCKET, { prefix: 'dir/' })) left.push(entry.key);
  expect(left).toEqual(['dir/g.txt']);
});

function idIn(text: string): string {
  const id = JOB_ID.exec(text)?.[0];
  if (id === undefined) throw new Error(`no job id in:\n${text}`);
  return id;
}

/** The id of the job that a submission names, once it has ended as expected. */
async function finished(submitted: string, state = 'Finished'): Promise<string> {
  const id = idIn(submitted);
  expect(submitted).toContain('Job created: ');
  expect(await jobEnd(vendor.server, id)).toMatchObject({ State: state });
  return id;
}
