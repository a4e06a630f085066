import { stat } from 'node:fs/promises';
import type { OssClient } from '@rebatch/client';
import { CliError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import { LiveDisplay } from '../terminal/live-display.ts';
import { localFiles } from '../transfer/local-files.ts';
import { runTransfers, type Transfer } from '../transfer/transfer.ts';
import { TransferProgress } from '../transfer/transfer-progress.ts';
import type { RenderPlace } from './render-place.ts';
import type { RenderRequest } from './render-request.ts';

/** Uploads the scene, or the whole folder it lies in. @returns what went up, for people */
export async function uploadScene(
  oss: OssClient,
  request: RenderRequest,
  { bucket, input }: RenderPlace,
  io: Io,
): Promise<string> {
  const transfers = await planUpload(request, bucket, input);
  const total = transfers.reduce((sum, transfer) => sum + transfer.size, 0);
  const progress = new TransferProgress(new LiveDisplay(io), 'uploading', total);
  try {
    await oss.makeBucket(bucket);
    await runTransfers(oss, transfers, {
      parallel: 4,
      signal: io.interrupted,
      onBytes: (bytes, isNew) => progress.add(bytes, isNew),
    });
  } catch (error) {
    progress.finish();
    throw error;
  }
  return `${transfers.length === 1 ? '' : `${transfers.length} files, `}${progress.finish()}`;
}

async function planUpload(request: RenderRequest, bucket: string, prefix: string): Promise<Transfer[]> {
  if (request.sceneDir === undefined) {
    const { size } = await stat(request.scenePath);
    return [{ direction: 'upload', path: request.scenePath, bucket, key: prefix + request.sceneName, size }];
  }
  const files = await localFiles(request.sceneDir);
  if (!files.some((file) => file.relative === request.sceneName)) {
    throw new CliError(`--scene-dir ${request.sceneDir} does not hold ${request.sceneName}`);
  }
  return files.map((file) => ({
    direction: 'upload',
    path: file.path,
    bucket,
    key: prefix + file.relative,
    size: file.size,
  }));
}
