import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { finishRender } from '../render/finish-render.ts';
import { followRender } from '../render/follow-render.ts';
import { RenderProgress } from '../render/render-progress.ts';
import { readRenderRequest, type RenderRequest } from '../render/render-request.ts';
import { startRender } from '../render/start-render.ts';

export const renderCommand: Command = {
  usage: ['render SCENE --frames LIST [options]'],
  about:
    'Renders frames of a Blender scene, or of a 3ds Max scene (SCENE.max): uploads the scene, submits a job, shows every frame as it lands, brings the pictures home and makes a contact sheet and a movie of them. Ctrl-C leaves the job running and says how to follow or stop it.',
  options: {
    frames: { value: 'LIST', help: 'such as 1-24, 1,3,5-10, 1-100x10,1-100 (every tenth first), 1-100@' },
    instances: { value: 'N', help: 'programs that share the frames (default: 2)' },
    'preview-first': {
      help: 'run the first instance, the last, then those in the middle, so that all of the shot shows early',
    },
    claim: {
      value: 'MODE',
      help: 'how instances share the frames: on (each takes the next), off (equal pieces), auto (default: on where it can be)',
    },
    resume: {
      help: 'go on with the latest render of this scene: render only what is missing or older than the scene',
    },
    output: { value: 'DIR', short: 'o', help: 'where the pictures go (default: SCENE-frames)' },
    format: { value: 'NAME', help: 'PNG (default), JPEG, OPEN_EXR, TIFF, TGA, BMP, WEBP, FFMPEG, …' },
    name: {
      value: 'PATTERN',
      help: 'file name, # runs become the frame number (default: ####.png; for 3ds Max SCENE####.png)',
    },
    resolution: { value: 'WxH', help: "in pixels (default: the scene's)" },
    camera: { value: 'NAME', help: "for 3ds Max (default: the scene's)" },
    samples: { value: 'N', help: "samples per pixel (default: the scene's)" },
    engine: { value: 'NAME', help: "CYCLES, EEVEE or WORKBENCH (default: the scene's)" },
    device: { value: 'NAME', help: 'for Cycles: CPU (default), CUDA, OPTIX, HIP, ONEAPI' },
    'allow-scripts': { help: 'let scripts and drivers inside the scene run' },
    'scene-dir': { value: 'DIR', help: 'upload this folder, which holds the scene and all that it uses' },
    bucket: { value: 'NAME', help: 'bucket to work in, made when missing (default: rebatch)' },
    image: {
      value: 'IMAGE',
      help: 'container image (default: what the App has, else rebatch/blender or rebatch/3dsmax)',
    },
    app: { value: 'NAME', help: 'App to render with, registered when missing (default: blender or 3dsmax)' },
    timeout: { value: 'SECONDS', help: 'longest time for one instance (default: a day)' },
    retries: { value: 'N', help: 'further tries for an instance that fails (default: 1)' },
    'no-thumbnails': { help: 'make no small picture of each frame (docs/rendering.md)' },
    'no-contact-sheet': { help: 'make no contact sheet' },
    'no-movie': { help: 'make no movie' },
    detach: { short: 'd', help: 'only submit the job and print its id' },
    keep: { help: "keep the scene's copy in the bucket when the render is done" },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'rebatch render island.blend --frames 1-24 --resolution 480x270',
    'rebatch render shot/scene.blend --scene-dir shot --frames 1-240@ --instances 8 -o out',
  ],
  async run(options, io) {
    const request = await readRenderRequest(options, io.cwd);
    if (options.flag('detach') && options.text('output') !== undefined) {
      throw new UsageError('--output goes with following the render: leave it or --detach out');
    }
    return withConnection(options, io, async (connection) => render(connection, request, options, io));
  },
};

async function render(
  connection: Connection,
  request: RenderRequest,
  options: Options,
  io: Io,
): Promise<number> {
  const app = { name: options.text('app'), image: options.text('image') };
  const started = await startRender(connection, request, app, io);
  const { jobId, place } = started;
  if (options.flag('detach')) {
    await io.out(options.flag('json') ? `${JSON.stringify({ Id: jobId })}\n` : `${jobId}\n`);
    io.err(
      `follow   rebatch logs ${jobId} -f\nfetch    rebatch cp -r oss://${place.bucket}/${place.pictures} DIR\n`,
    );
    return 0;
  }
  const progress = new RenderProgress(request.frames.length);
  try {
    const followed = await followRender(connection, started, request, progress, io);
    return await finishRender(connection, { request, started, ...followed }, options, io);
  } catch (error) {
    if (!io.interrupted.aborted) throw error;
    io.err(
      [
        `${jobId} goes on without you.`,
        `follow   rebatch logs ${jobId} -f`,
        `stop     rebatch stop ${jobId}`,
        `fetch    rebatch cp -r oss://${place.bucket}/${place.pictures} DIR`,
        '',
      ].join('\n'),
    );
    return 1;
  }
}
