import { basename, extname } from 'node:path';
import type { JobDraft } from '@rebatch/client';
import { formatOssUrl } from '@rebatch/model';
import { asName } from '../submit/stamp.ts';
import type { RenderPlace } from './render-place.ts';
import type { RenderRequest } from './render-request.ts';

/**
 * The App job that renders the request (spec/batchcompute-api.md §8.1). `resumeSince`: pictures from then on are not rendered
 * again, in milliseconds since the epoch.
 */
export function renderJob(
  request: RenderRequest,
  place: RenderPlace,
  app: string,
  resumeSince?: number,
): JobDraft {
  const url = (key: string) => formatOssUrl({ bucket: place.bucket, key });
  return {
    Name: `render-${asName(basename(request.scenePath, extname(request.scenePath)))}`,
    Type: 'App',
    Description: `Frames ${request.frameText.slice(0, 200)} of ${basename(request.scenePath)}`,
    App: {
      AppName: app,
      Inputs: {
        input_oss_folder: url(place.input),
        scene_file_path: request.sceneName,
        frames: request.frameText,
        ...request.inputs,
        ...(resumeSince === undefined ? {} : { resume: new Date(resumeSince).toISOString() }),
      },
      Outputs: { output_oss_folder: url(place.output) },
      Logging: { StdoutPath: url(place.logs), StderrPath: url(place.logs) },
      Config: {
        InstanceCount: request.instances,
        MaxRetryCount: request.retries,
        ...(request.timeoutSeconds === undefined ? {} : { Timeout: request.timeoutSeconds }),
      },
    },
  };
}
