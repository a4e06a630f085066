import { readFile } from 'node:fs/promises';
import { blenderApp, registerApp } from '@rebatch/apps';
import type { JobView } from '@rebatch/model';
import type { StartedServer } from './server.ts';
import { until } from './until.ts';

export const RENDER_BUCKET = 'farm';
export const RENDER_LOGS = 'log/';
const RENDER_PICTURES = 'output/result/';

/** Uploads a scene, unless the one of before is meant, and submits it to the blender App; @returns the job's id. */
export async function submitRender(
  { client, objects }: StartedServer,
  scene: string | undefined,
  frames: string,
  instances: number,
  inputs: Record<string, string> = {},
): Promise<string> {
  await objects.makeBucket(RENDER_BUCKET);
  if (scene !== undefined) await objects.put(RENDER_BUCKET, 'input/scene.blend', await readFile(scene));
  await registerApp(client, blenderApp());
  const folder = `oss://${RENDER_BUCKET}/`;
  return client.createJob({
    Name: 'render',
    Type: 'App',
    App: {
      AppName: 'blender',
      Inputs: { input_oss_folder: `${folder}input/`, scene_file_path: 'scene.blend', frames, ...inputs },
      Outputs: { output_oss_folder: `${folder}output/` },
      Logging: { StdoutPath: `${folder}${RENDER_LOGS}`, StderrPath: `${folder}${RENDER_LOGS}` },
      Config: { InstanceCount: instances, MaxRetryCount: 3 },
    },
  });
}

/** The job once it is over. */
export function jobEnd({ client }: StartedServer, id: string): Promise<JobView> {
  return until(`job ${id} ends`, async () => {
    const job = await client.getJob(id);
    return job.State !== 'Waiting' && job.State !== 'Running' && job;
  });
}

/** File names of the pictures that arrived, sorted. */
export async function pictureNames({ objects }: StartedServer): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of objects.list(RENDER_BUCKET, { prefix: RENDER_PICTURES })) {
    names.push(entry.key.slice(RENDER_PICTURES.length));
  }
  return names.toSorted();
}
