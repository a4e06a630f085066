import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CheckContext, Finding } from './check.ts';
import { LIMITS_FORMAT, missingLimits } from './missing-limits.ts';

const run = promisify(execFile);

/** Client, daemon and images. What builds on a missing part is not looked at. */
export async function checkDocker({ images }: CheckContext): Promise<Finding[]> {
  const client = await docker('--version');
  if (client === undefined) {
    return [
      {
        what: 'docker',
        status: 'missing',
        detail: 'the docker command is not installed',
        fix: 'sudo apt-get install -y docker.io',
      },
    ];
  }
  const found: Finding[] = [{ what: 'docker', status: 'ok', detail: client }];
  const server = await docker(
    'version',
    '--format',
    '{{.Server.Version}} on {{.Server.Os}}/{{.Server.Arch}}',
  );
  if (server === undefined) {
    return [
      ...found,
      {
        what: 'docker daemon',
        status: 'missing',
        detail: 'no daemon answers, or this user may not talk to it',
        fix: 'sudo systemctl start docker (or: sudo dockerd &); then: sudo usermod -aG docker $USER, and log in again',
      },
    ];
  }
  found.push({ what: 'docker daemon', status: 'ok', detail: server });
  found.push(...missingLimits((await docker('info', '--format', LIMITS_FORMAT)) ?? ''));
  for (const image of images) found.push(await checkImage(image));
  return found;
}

async function checkImage(image: string): Promise<Finding> {
  const what = `image ${image}`;
  const created = await docker('image', 'inspect', '--format', '{{.Created}}', image);
  if (created === undefined) return { what, status: 'missing', detail: 'not built yet', fix: 'make images' };
  return { what, status: 'ok', detail: `built ${created.slice(0, 19).replace('T', ' ')}` };
}

async function docker(...args: string[]): Promise<string | undefined> {
  try {
    return (await run('docker', args, { timeout: 10_000 })).stdout.trim();
  } catch {
    return undefined;
  }
}
