import { basename, extname } from 'node:path';
import { type OssClient, OssError } from '@rebatch/client';
import { asName, stamped } from '../submit/stamp.ts';
import type { RenderRequest } from './render-request.ts';

/** Where one render keeps its things in the object store: all of it below one prefix, so that it is easily found and removed. */
export interface RenderPlace {
  bucket: string;
  /** Key prefixes, each ending in `/`. */
  input: string;
  output: string;
  /** Where the program's pictures appear: the App puts them below result/ (spec/render.md §3). */
  pictures: string;
  logs: string;
}

/** A new place. */
export function renderPlace(request: RenderRequest): RenderPlace {
  return placeBelow(request.bucket, `renders/${stamped(stemOf(request))}/`);
}

/** Where the latest render of a scene of this name was; undefined when there is none. */
export async function latestPlace(oss: OssClient, request: RenderRequest): Promise<RenderPlace | undefined> {
  const prefix = `renders/${asName(stemOf(request))}-`;
  let latest: string | undefined;
  try {
    for await (const { key } of oss.list(request.bucket, { prefix, delimiter: '/' })) {
      // Names go up with the time; of a longer name the rest is no stamp.
      if (/^\d{8}-\d{6}-[0-9a-f]{4}\/$/.test(key.slice(prefix.length))) latest = key;
    }
  } catch (error) {
    if (!(error instanceof OssError) || error.code !== 'NoSuchBucket') throw error;
  }
  return latest === undefined ? undefined : placeBelow(request.bucket, latest);
}

function stemOf({ scenePath }: Pick<RenderRequest, 'scenePath'>): string {
  return basename(scenePath, extname(scenePath));
}

function placeBelow(bucket: string, folder: string): RenderPlace {
  return {
    bucket,
    input: `${folder}input/`,
    output: `${folder}output/`,
    pictures: `${folder}output/result/`,
    logs: `${folder}logs/`,
  };
}
