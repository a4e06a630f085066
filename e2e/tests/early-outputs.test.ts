import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { HOLD, letGo } from '../support/hold.ts';
import { readObject } from '../support/read-object.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2 });
});
afterAll(() => server.dispose());

/** A job of the script that wants what it writes to /home/out/ below `prefix` as soon as it is finished. */
async function streamingJob(script: string, prefix: string): Promise<string> {
  const job = await helloJob(server, script, {
    OutputMapping: { '/home/out/': `oss://${HELLO_BUCKET}/${prefix}` },
    Parameters: { Command: { CommandLine: script, EnvVars: { REBATCH_STREAM_OUTPUTS: 'true' } } },
  });
  return server.client.createJob(job);
}

async function keysBelow(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of server.objects.list(HELLO_BUCKET, { prefix }))
    keys.push(key.slice(prefix.length));
  return keys;
}

test('frames show up one by one, whole, and a restart of the server sends none of them again', async () => {
  const { client, objects } = server;
  const script = [
    'cd /home/out; exec 3>open; echo half >&3; : >placeholder',
    `for i in 1 2 3; do echo frame $i >$i.tmp; mv $i.tmp $i; sleep 2; done; ${HOLD}; echo frame 4 >4; echo whole >&3`,
  ].join('; ');
  const id = await streamingJob(script, 'early/');
  await until('the first frame is there', async () => (await keysBelow('early/')).includes('1'));
  const { lastModified } = await objects.head(HELLO_BUCKET, 'early/1');
  expect((await client.getJob(id)).State).toBe('Running');
  await server.restart();
  await until('the third frame is there', async () => (await keysBelow('early/')).includes('3'));
  expect((await client.getJob(id)).State).toBe('Running');
  const early = await keysBelow('early/');
  expect(early).not.toContain('open');
  expect(early).not.toContain('placeholder');

  await letGo(id);
  expect(await jobEnd(server, id)).toMatchObject({ State: 'Finished', Message: '' });
  expect((await keysBelow('early/')).filter((key) => !key.endsWith('.tmp'))).toEqual([
    '1',
    '2',
    '3',
    '4',
    'open',
    'placeholder',
  ]);
  expect(await readObject(objects, HELLO_BUCKET, 'early/open')).toBe('half\nwhole\n');
  expect((await objects.head(HELLO_BUCKET, 'early/1')).lastModified).toBe(lastModified);
});

test('what is up stays when the job is stopped, and nothing else comes', async () => {
  const { client } = server;
  const id = await streamingJob('cd /home/out; echo a >1; exec 3>2; echo half >&3; sleep 600', 'stopped/');
  await until('the first frame is there', async () => (await keysBelow('stopped/')).includes('1'));
  await client.stopJob(id);
  expect(await jobEnd(server, id)).toMatchObject({ State: 'Stopped' });
  expect(await keysBelow('stopped/')).toEqual(['1']);
});
