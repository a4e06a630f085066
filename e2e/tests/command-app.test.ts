import { APP_DEFINITIONS, registerApp } from '@rebatch/apps';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readObject } from '../support/read-object.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';

const BUCKET = 'studio';
/** Harmless as a file name only. */
const SCENE = "a b; touch it's.here $(id).scene";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2 });
});
afterAll(() => server.dispose());

test('any program renders frames for the App command; its instances share them, and a scene’s name is only a name', async () => {
  const { client, objects } = server;
  await objects.makeBucket(BUCKET);
  await objects.put(BUCKET, `in/${SCENE}`, 'scene');
  const app = APP_DEFINITIONS.get('command');
  await registerApp(client, app!.describe(app!.image));
  const job = await client.createJob({
    Name: 'draw',
    Type: 'App',
    App: {
      AppName: 'command',
      Inputs: {
        input_oss_folder: `oss://${BUCKET}/in/`,
        scene_file_path: SCENE,
        command: 'echo "frame $FRAME of $(cat $SCENE_FILE)" >$OUTPUT_FILE',
        picture_name: 'shot/##.txt',
        frames: '1-5,9',
      },
      Outputs: { output_oss_folder: `oss://${BUCKET}/out/` },
      Logging: { StdoutPath: `oss://${BUCKET}/log/`, StderrPath: `oss://${BUCKET}/log/` },
      Config: { InstanceCount: 2 },
    },
  });
  expect(await jobEnd(server, job)).toMatchObject({ State: 'Finished', Message: '' });

  const drawn: Record<string, string> = {};
  for await (const { key } of objects.list(BUCKET, { prefix: 'out/result/' })) {
    drawn[key.slice('out/result/'.length)] = await readObject(objects, BUCKET, key);
  }
  const frames = [1, 2, 3, 4, 5, 9];
  const expected = frames.map((frame) => [`shot/0${frame}.txt`, `frame ${frame} of scene\n`]);
  expect(drawn).toEqual(Object.fromEntries(expected));
  const logs = [0, 1].map(async (n) => readObject(objects, BUCKET, `log/stdout.${job}.app.${n}`));
  const saved = (await Promise.all(logs)).join('').match(/frame=\d+ state=saved/g);
  expect(saved?.toSorted()).toEqual(frames.map((frame) => `frame=${frame} state=saved`));
});
