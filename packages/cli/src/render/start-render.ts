import type { Connection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { registrationText } from '../commands/registration-text.ts';
import { formatLocalTime } from '../terminal/format-time.ts';
import { ensureApp } from './ensure-app.ts';
import { removePrefix } from './remove-prefix.ts';
import { renderJob } from './render-job.ts';
import { latestPlace, type RenderPlace, renderPlace } from './render-place.ts';
import type { RenderRequest } from './render-request.ts';
import { resumeSince } from './resume-since.ts';
import { uploadScene } from './upload-scene.ts';

export interface StartedRender {
  jobId: string;
  place: RenderPlace;
  /** The App's image. */
  image: string;
}

/** Registers the App, uploads the scene and submits the job. When submitting fails, what went up is removed again. */
export async function startRender(
  connection: Connection,
  request: RenderRequest,
  app: { name: string | undefined; image: string | undefined },
  io: Io,
): Promise<StartedRender> {
  const name = app.name ?? request.renderer.app;
  const { image, ...registration } = await ensureApp(connection.jobs, request.renderer, name, app.image);
  io.err(`app      ${registrationText(registration)} (${image})\n`);
  const earlier = request.resume ? await latestPlace(connection.oss, request) : undefined;
  const since = earlier && (await resumeSince(connection.oss, request, earlier));
  if (request.resume) io.err(`resume   ${resumeText(earlier, since)}\n`);
  const place = earlier ?? renderPlace(request);
  try {
    const text = await uploadScene(connection.oss, request, place, io);
    io.err(`scene    oss://${place.bucket}/${place.input}${request.sceneName}  ${text}\n`);
    const jobId = await connection.jobs.createJob(renderJob(request, place, name, since));
    const frames = `${request.frames.length} ${request.frames.length === 1 ? 'frame' : 'frames'}`;
    const instances = `${request.instances} ${request.instances === 1 ? 'instance' : 'instances'}`;
    io.err(`job      ${jobId}  ${frames} (${request.frameText.slice(0, 40)}) on ${instances}\n`);
    return { jobId, place, image };
  } catch (error) {
    // Best effort: the first trouble is the one to tell.
    if (earlier === undefined) await removePrefix(connection.oss, place.bucket, place.input).catch(() => {});
    throw error;
  }
}

function resumeText(earlier: RenderPlace | undefined, since: number | undefined): string {
  if (earlier === undefined) return 'no earlier render; this is the first';
  const condition =
    since === undefined ? '' : `  (pictures since ${formatLocalTime(since)}, the scene's last change)`;
  return `oss://${earlier.bucket}/${earlier.pictures}${condition}`;
}
