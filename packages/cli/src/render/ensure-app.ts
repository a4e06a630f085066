import { findApp, registerApp, type Registration } from '@rebatch/apps';
import type { BatchComputeClient } from '@rebatch/client';
import { CliError } from '../cli-error.ts';
import type { Renderer } from './renderer.ts';

/**
 * Makes sure that the App to render with is there and up to date. The image that it was registered with stays, unless
 * another one is asked for.
 * @throws CliError when an App of that name is somebody's own: it is not overwritten
 */
export async function ensureApp(
  jobs: BatchComputeClient,
  renderer: Renderer,
  name: string,
  image: string | undefined,
): Promise<Registration & { image: string }> {
  const present = await findApp(jobs, name);
  if (present !== undefined && programOf(present) !== programOf(renderer.describe(renderer.image))) {
    throw new CliError(
      `the App "${name}" on this server is another than Rebatch's: choose a name for ours with --app, such as --app rebatch-${renderer.app}`,
    );
  }
  const chosen = image ?? present?.Docker?.Image ?? renderer.image;
  const done = await registerApp(jobs, { ...renderer.describe(chosen), Name: name });
  return { ...done, image: chosen };
}

function programOf({ CommandLine }: { CommandLine: string }): string | undefined {
  return CommandLine.split(' ')[0];
}
