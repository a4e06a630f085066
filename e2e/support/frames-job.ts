import { createHash } from 'node:crypto';
import type { JobDraft } from '@rebatch/client';
import { HOLD } from './hold.ts';
import { readObject } from './read-object.ts';
import type { StartedServer } from './server.ts';

const BUCKET = 'frames';
const TEXTURE_BYTES = 256 << 10;

/**
 * A stand-in for a renderer: each frame reads a texture of its own through the mount and saves a file that can be checked
 * by its bytes alone. What cannot be read or written ends the program with an error.
 */
const SCRIPT = `set -e
first=$((BATCH_COMPUTE_DAG_INSTANCE_ID * FRAMES + 1))
for frame in $(seq $first $((first + FRAMES - 1))); do
  { echo "frame $frame"; cat "/home/in/textures/$frame"; } >/home/out/$frame
  echo "saved $frame"
  sleep 0.4
done
`;
/** Once it is let go, reads all frames through a mount that may be written to, and leaves their checksums there. */
const GATHER = `${HOLD}; cd /home/all && sha256sum $(ls | grep -v sums | sort -n) >sums`;

/** A job of two tasks, the second of them held, with mounts, early outputs and logs, and what must be there when it is through. */
export interface FramesJob {
  readonly id: string;
  readonly instances: number;
  /** What the store has of frames by now, each read whole: number of right ones, and names of wrong ones. */
  stored(): Promise<{ right: number; wrong: string[] }>;
  /** Times that each frame was saved according to the logs of the instances' last tries, in order of frames. */
  saved(): Promise<number[]>;
  /** Whether the second task read what it should. */
  gathered(): Promise<boolean>;
}

export async function submitFramesJob(
  { client, objects }: StartedServer,
  instances: number,
  framesEach: number,
): Promise<FramesJob> {
  const frames = Array.from({ length: instances * framesEach }, (_, index) => index + 1);
  await objects.makeBucket(BUCKET);
  await objects.put(BUCKET, 'in/render.sh', SCRIPT);
  for (const frame of frames) await objects.put(BUCKET, `in/textures/${frame}`, texture(frame));
  const id = await client.createJob(description(instances, framesEach));
  const read = (key: string): Promise<string> => readObject(objects, BUCKET, key);
  return {
    id,
    instances,
    async stored() {
      const wrong: string[] = [];
      let right = 0;
      for await (const { key } of objects.list(BUCKET, { prefix: 'out/' })) {
        const name = key.slice('out/'.length);
        if (name === 'sums') continue;
        if ((await read(key)) === `frame ${name}\n${texture(Number(name))}`) right += 1;
        else wrong.push(name);
      }
      return { right, wrong };
    },
    async saved() {
      const times = new Map(frames.map((frame) => [frame, 0]));
      for (let instance = 0; instance < instances; instance += 1) {
        for (const line of (await read(`log/stdout.${id}.render.${instance}`)).trimEnd().split('\n')) {
          const frame = Number(/^saved (\d+)$/.exec(line)?.[1]);
          times.set(frame, (times.get(frame) ?? 0) + 1);
        }
      }
      return [...times.values()];
    },
    async gathered() {
      const sums = frames.map((frame) => `${sha256(`frame ${frame}\n${texture(frame)}`)}  ${frame}\n`);
      return (await read('out/sums')) === sums.join('');
    },
  };
}

function description(instances: number, framesEach: number): JobDraft {
  const task = (CommandLine: string, InstanceCount: number) => ({
    InstanceCount,
    Timeout: 600,
    // None is allowed: what was killed must not be put down to the program.
    MaxRetryCount: 0,
    AutoCluster: { ImageId: 'img-ubuntu' },
    Parameters: {
      Command: {
        CommandLine,
        EnvVars: { FRAMES: String(framesEach), REBATCH_STREAM_OUTPUTS: 'true' },
      },
      StdoutRedirectPath: `oss://${BUCKET}/log/`,
      StderrRedirectPath: `oss://${BUCKET}/log/`,
    },
  });
  return {
    Name: 'frames',
    Type: 'DAG',
    DAG: {
      Tasks: {
        render: {
          ...task('sh /home/in/render.sh', instances),
          InputMapping: { [`oss://${BUCKET}/in/`]: '/home/in/' },
          OutputMapping: { '/home/out/': `oss://${BUCKET}/out/` },
        },
        gather: {
          ...task(GATHER, 1),
          Mounts: {
            Entries: [{ Source: `oss://${BUCKET}/out/`, Destination: '/home/all/', WriteSupport: true }],
          },
        },
      },
      Dependencies: { render: ['gather'] },
    },
  };
}

/** Another text for each frame. */
function texture(frame: number): string {
  return sha256(String(frame)).repeat(TEXTURE_BYTES / 64);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
