import { buildPythonClients } from './python-clients.ts';
import { run } from './run.ts';

/** Images that `make images` leaves in the local Docker. */
const NEEDED = ['rebatch/img-ubuntu:latest', 'rebatch/blender:latest', 'rebatch/3dsmax:latest'];

/** Says at once, in one line, what is missing; builds what only these tests need. */
export async function setup(): Promise<void> {
  // No registry to pull Ryuk from; every test removes what it started.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  if ((await run('docker', ['version'])).code !== 0) {
    throw new Error('No Docker daemon answers: run `make test`, or start dockerd.');
  }
  for (const image of NEEDED) {
    if ((await run('docker', ['image', 'inspect', image])).code !== 0) {
      throw new Error(`Image ${image} is missing: run \`make images\`.`);
    }
  }
  await buildPythonClients();
}
