import type { FrameList } from '@rebatch/frames';
import { exitCodeOfSignal } from '../forward-signals.ts';
import { beginShare, type ShareRequest } from './begin-share.ts';
import type { Outcome } from './frame-source.ts';
import type { Share } from './share-frames.ts';

/** A renderer that is given some frames at a time. */
export interface ChunkRender {
  /** Renders the frames, in order, and says what came of them. */
  render(frames: FrameList): Promise<Outcome>;
  /** Frames without a picture, in the order in which that was found out. */
  readonly missing: readonly number[];
  /** What ended the renderer; it gets no more frames then. */
  readonly signal: NodeJS.Signals | null;
  /** Whether the renderer told of nothing that makes the pictures doubtful. */
  readonly isSound: boolean;
  /** Lines for people on how it ended, with so many frames; none when all went well. */
  explainEnd(count: number): string[];
}

/**
 * Renders this instance's frames, a chunk at a time as they come, and says what came of it.
 * @param prepare called when there is something to render
 * @returns the exit code: 0 when every frame has its picture and the renderer is sound, or there was nothing to do; 1 when
 * not; 128 + n when signal n stopped it
 * @throws LaunchError
 */
export async function runShare(
  request: ShareRequest,
  prepare: (share: Share) => Promise<ChunkRender>,
): Promise<number> {
  try {
    return await renderShare(request, prepare);
  } finally {
    request.report.close();
  }
}

async function renderShare(
  request: ShareRequest,
  prepare: (share: Share) => Promise<ChunkRender>,
): Promise<number> {
  const { report } = request;
  const { share, progress } = await beginShare(request);
  let next = share.count === 0 ? [] : await share.source.next({ rendered: 0, failed: 0 });
  if (next.length === 0) return report.nothingToDo();
  const render = await prepare(share);
  let count = 0;
  while (next.length > 0) {
    count += next.length;
    progress.took(next.length);
    const outcome = await render.render(next);
    if (render.signal !== null) break;
    next = await share.source.next(outcome);
  }
  const { missing, signal } = render;
  await report.done(count - missing.length, missing.length, signal);
  for (const line of render.explainEnd(count)) report.say(line);
  if (signal !== null) return exitCodeOfSignal(signal);
  return missing.length === 0 && render.isSound ? 0 : 1;
}
