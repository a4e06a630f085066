import { parseProgressLine } from '@rebatch/launchers';
import type { StartedServer } from './server.ts';
import { readObject } from './read-object.ts';

/** Frames that programs say they saved, over all log objects, in order of their logs; of one job, if it is named. */
export async function framesSaved(
  { objects }: StartedServer,
  bucket: string,
  logPrefix: string,
  job = '',
): Promise<number[]> {
  const frames: number[] = [];
  for await (const entry of objects.list(bucket, { prefix: `${logPrefix}stdout.${job}` })) {
    if (entry.kind !== 'object') continue;
    for (const line of (await readObject(objects, bucket, entry.key)).split('\n')) {
      const progress = parseProgressLine(line);
      if (progress?.kind === 'saved') frames.push(progress.frame);
    }
  }
  return frames;
}
