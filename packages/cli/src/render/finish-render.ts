import { BLENDER_IMAGE } from '@rebatch/apps';
import { canonical } from '@rebatch/frames';
import { parseTime } from '@rebatch/model';
import type { Connection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import { printable } from '../terminal/printable.ts';
import { type Downloaded, downloadPictures } from './download-pictures.ts';
import { explainFailure } from './explain-failure.ts';
import type { FollowedRender } from './follow-render.ts';
import { makePictures, type Pictures } from './make-pictures.ts';
import { missingFrames } from './missing-frames.ts';
import { removePrefix } from './remove-prefix.ts';
import type { RenderRequest } from './render-request.ts';
import type { StartedRender } from './start-render.ts';

export interface EndedRender extends FollowedRender {
  request: RenderRequest;
  started: StartedRender;
}

/**
 * Brings the pictures home, also those of a render that failed half-way, and says where everything is.
 * @returns 0 when every frame is there, else 1
 */
export async function finishRender(
  connection: Connection,
  ended: EndedRender,
  options: Options,
  io: Io,
): Promise<number> {
  const { request, started, job } = ended;
  const { bucket, pictures: prefix, input } = started.place;
  if (job.State !== 'Finished') {
    io.err(
      `${job.Id} ${job.State.toLowerCase()}${job.Message === '' ? '' : `: ${printable(job.Message)}`}\n`,
    );
    for (const line of await explainFailure(connection, job.Id)) io.err(`${line}\n`);
  }
  const place = { bucket, prefix, folder: request.outputDir };
  const downloaded = await downloadPictures(connection.oss, place, ended.fetchedEarly, io);
  const missing = missingFrames(request, downloaded.files);
  const whole = job.State === 'Finished' && missing.length === 0;
  const pictures = await pictureThem(ended, downloaded, options, io);
  if (whole && !options.flag('keep')) await removePrefix(connection.oss, bucket, input);
  if (missing.length > 0) io.err(`missing  ${missing.length} frames: ${canonical(missing)}\n`);
  for (const trouble of pictures.troubles) io.err(`${printable(trouble)}\n`);
  const summary = summaryOf(ended, downloaded, pictures, missing);
  await io.out(
    options.flag('json') ? `${JSON.stringify(summary, null, 2)}\n` : formatSummary(summary, downloaded),
  );
  return whole ? 0 : 1;
}

async function pictureThem(
  { request, started }: EndedRender,
  downloaded: Downloaded,
  options: Options,
  io: Io,
): Promise<Pictures> {
  const plan = {
    // Blender's has the programs for it, whatever rendered.
    image: request.renderer.app === 'blender' ? started.image : BLENDER_IMAGE,
    contactSheet: !options.flag('no-contact-sheet'),
    // One picture does not move.
    movie: !options.flag('no-movie') && downloaded.files.length > 1,
  };
  if (downloaded.files.length === 0) return { troubles: [] };
  return makePictures(request, plan, io.interrupted);
}

interface Summary {
  job: string;
  state: string;
  frames: number;
  missing: number[];
  /** From the job's start to its end. */
  seconds: number;
  framesPerSecond: number;
  folder: string;
  contactSheet?: string;
  movie?: string;
  pictures: string;
  logs: string;
}

function summaryOf(
  { request, started, job }: EndedRender,
  downloaded: Downloaded,
  { contactSheet, movie }: Pictures,
  missing: number[],
): Summary {
  const { bucket, pictures, logs } = started.place;
  const start = parseTime(job.StartTime);
  const end = parseTime(job.EndTime);
  const seconds = start === undefined || end === undefined ? 0 : (end - start) / 1000;
  const frames = request.frames.length - missing.length;
  return {
    job: job.Id,
    state: job.State,
    frames: downloaded.files.length === 0 ? 0 : frames,
    missing,
    seconds,
    framesPerSecond: seconds === 0 ? 0 : Number((frames / seconds).toFixed(3)),
    folder: request.outputDir,
    ...(contactSheet === undefined ? {} : { contactSheet }),
    ...(movie === undefined ? {} : { movie }),
    pictures: `oss://${bucket}/${pictures}`,
    logs: `oss://${bucket}/${logs}`,
  };
}

function formatSummary(summary: Summary, downloaded: Downloaded): string {
  const took = formatDuration(summary.seconds * 1000);
  const none = downloaded.files.length === 0;
  const rows: [string, string | undefined][] = [
    [
      'rendered',
      none ? undefined : `${summary.frames} frames in ${took} (${summary.framesPerSecond} frames/s)`,
    ],
    ['folder', none ? undefined : `${summary.folder}  (${downloaded.text})`],
    ['sheet', summary.contactSheet],
    ['movie', summary.movie],
    ['remote', none ? undefined : summary.pictures],
    ['logs', `${summary.logs}  (rebatch logs ${summary.job})`],
    ['again', summary.state === 'Finished' ? undefined : `rebatch start ${summary.job}`],
  ];
  return rows
    .flatMap(([title, value]) => (value === undefined ? [] : [`${title.padEnd(9)}${value}\n`]))
    .join('');
}
