import { basename, extname } from 'node:path';
import { stamped } from '../submit/stamp.ts';
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

export function renderPlace({ scenePath, bucket }: RenderRequest): RenderPlace {
  const folder = `renders/${stamped(basename(scenePath, extname(scenePath)))}/`;
  return {
    bucket,
    input: `${folder}input/`,
    output: `${folder}output/`,
    pictures: `${folder}output/result/`,
    logs: `${folder}logs/`,
  };
}
