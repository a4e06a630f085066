import { BLENDER_IMAGE, blenderApp, findApp, registerApp, type Registration } from '@rebatch/apps';
import type { BatchComputeClient } from '@rebatch/client';
import { CliError } from '../cli-error.ts';

/**
 * Makes sure that the App to render with is there and up to date. The image that it was registered with stays, unless
 * another one is asked for.
 * @throws CliError when an App of that name is somebody's own: it is not overwritten
 */
export async function ensureApp(
  jobs: BatchComputeClient,
  name: string,
  image: string | undefined,
): Promise<Registration & { image: string }> {
  const present = await findApp(jobs, name);
  if (present !== undefined && !present.CommandLine.startsWith('render-blender ')) {
    throw new CliError(
      `the App "${name}" on this server is another than Rebatch's: choose a name for ours with --app, such as --app rebatch-blender`,
    );
  }
  const chosen = image ?? present?.Docker?.Image ?? BLENDER_IMAGE;
  const done = await registerApp(jobs, { ...blenderApp(chosen), Name: name });
  return { ...done, image: chosen };
}
