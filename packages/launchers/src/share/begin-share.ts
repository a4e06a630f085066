import { join } from 'node:path';
import type { RenderReport } from './render-report.ts';
import { type Share, type SharedWork, shareFrames } from './share-frames.ts';
import { ShareProgress } from './share-progress.ts';

/** What is to be shared, and whom it is told. */
export interface ShareRequest extends Pick<SharedWork, 'frames' | 'options' | 'outputDir' | 'scene' | 'env'> {
  /** The picture of a frame, relative to the output folder; undefined when nobody knows. */
  readonly fileOf: ((frame: number) => string) | undefined;
  readonly report: RenderReport;
}

/** Finds this instance's part and says how much it is. @throws LaunchError as `shareFrames` does */
export async function beginShare({
  fileOf,
  report,
  ...work
}: ShareRequest): Promise<{ share: Share; progress: ShareProgress }> {
  const share = await shareFrames({
    ...work,
    pictureOf: fileOf && ((frame) => join(work.outputDir, fileOf(frame))),
    now: report.elapsed,
    say: report.say,
    skipped(frame) {
      progress.took(1);
      report.line({ kind: 'skipped', frame, file: fileOf?.(frame) ?? '' });
    },
  });
  const progress = new ShareProgress(share, report.line);
  progress.begin();
  return { share, progress };
}
