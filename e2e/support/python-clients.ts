import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GenericContainer } from 'testcontainers';
import { startClientContainer } from './client-container.ts';
import { CACHE } from './paths.ts';
import { withPip } from './pip.ts';
import { type RunResult, run } from './run.ts';

/** The clients as PyPI has them; nobody patches them here. */
const PACKAGES = ['batchcompute==2.1.7', 'batchcompute-cli==1.7.7', 'oss2==2.19.1'];
export const PYTHON_CLIENTS = 'rebatch-e2e/python-clients:3';
const CONTEXT = join(CACHE, 'e2e/python-clients');

/**
 * Builds the image with the Python clients in it, once: the host fetches the packages (a container may not reach the
 * package index), the image only copies them.
 */
export async function buildPythonClients(): Promise<void> {
  if ((await run('docker', ['image', 'inspect', PYTHON_CLIENTS])).code === 0) return;
  const site = join(CONTEXT, 'site');
  if (!existsSync(join(site, 'batchcompute_cli'))) {
    await rm(CONTEXT, { recursive: true, force: true });
    await mkdir(CONTEXT, { recursive: true });
    const staging = join(CONTEXT, 'staging');
    await withPip(async (pip) => {
      await pip('install', '--target', staging, ...PACKAGES);
    });
    await rename(staging, site);
  }
  // The command as pip would install it; the one in site/bin names the interpreter of a folder that is gone.
  await writeFile(
    join(CONTEXT, 'bcs'),
    '#!/usr/bin/python3\nfrom batchcompute_cli.cli import main\nmain()\n',
    { mode: 0o755 },
  );
  await writeFile(
    join(CONTEXT, 'Dockerfile'),
    'FROM rebatch/img-ubuntu:latest\nCOPY site /opt/clients\nCOPY bcs /usr/local/bin/\nENV PYTHONPATH=/opt/clients PYTHONUNBUFFERED=1\n',
  );
  await GenericContainer.fromDockerfile(CONTEXT).build(PYTHON_CLIENTS, { deleteOnExit: false });
}

/**
 * Runs a program of `e2e/clients/python` in a fresh container on the host's network, as somebody's script would run on
 * their own machine. `folder` appears as /case.
 */
export async function runPythonClient(
  program: string,
  folder: string,
  env: Record<string, string>,
): Promise<RunResult> {
  const container = await startClientContainer({ image: PYTHON_CLIENTS, folder, env });
  try {
    return await container.run(['python3', `/clients/python/${program}`]);
  } finally {
    await container.stop();
  }
}
