import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.ts';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { HOLD, letGo } from '../support/hold.ts';
import { type StartedMinio, startMinio } from '../support/minio.ts';
import { readObject } from '../support/read-object.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';
import { until } from '../support/until.ts';

const BYTES = 5_000_000;

let minio: StartedMinio;
let line: CuttingProxy;
let server: StartedServer;
beforeAll(async () => {
  minio = await startMinio();
  line = await startCuttingProxy(minio.endpoint);
  server = await startServer({
    args: ['--objects', 's3'],
    env: {
      REBATCH_S3_ENDPOINT: line.url,
      REBATCH_S3_ACCESS_KEY: minio.accessKey,
      REBATCH_S3_SECRET_KEY: minio.secretKey,
    },
  });
  // The first time MinIO is compiled.
}, 1_200_000);
afterAll(async () => {
  try {
    await server.dispose();
    await line.close();
  } finally {
    await minio.stop();
  }
});

test('a job whose program ends while the S3 server is away waits for it, and has its output and log whole', async () => {
  const { client, objects } = server;
  const id = await client.createJob(
    await helloJob(server, `echo begun; ${HOLD}; yes | head -c ${BYTES} | tee /home/out/picture; echo end`, {
      OutputMapping: { '/home/out/': `oss://${HELLO_BUCKET}/out/` },
    }),
  );
  const log = `logs/stdout.${id}.hello.0`;
  await until('it has begun', async () => (await objects.find(HELLO_BUCKET, log)) !== undefined);
  line.shut(true);
  await letGo(id);
  // More than one request tries by itself.
  await until('uploads were tried in vain', () => line.cuts > 15);
  expect(await client.getJob(id)).toMatchObject({ State: 'Running' });
  line.shut(false);
  expect(await jobEnd(server, id)).toMatchObject({ State: 'Finished', Message: '' });
  const picture = 'y\n'.repeat(BYTES / 2);
  expect(await readObject(objects, HELLO_BUCKET, 'out/picture')).toBe(picture);
  expect(await readObject(objects, HELLO_BUCKET, log)).toBe(`begun\n${picture}end\n`);
});
