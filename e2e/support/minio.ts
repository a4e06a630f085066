import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GenericContainer, Wait } from 'testcontainers';
import { goCommand } from './go.ts';
import { CACHE } from './paths.ts';
import { run, runOk } from './run.ts';

/** The last state of MinIO's public repository; no image of it can be had any more (spec/oss.md §3). */
const MODULE = 'github.com/minio/minio';
const VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c';
const IMAGE = `rebatch-e2e/minio:${VERSION}`;
const CONTEXT = join(CACHE, 'e2e/minio');
const PORT = 9000;

const ACCESS_KEY = 'e2e-minio';
const SECRET_KEY = 'e2e-minio-secret';

export interface StartedMinio {
  /** `http://host:port` */
  endpoint: string;
  accessKey: string;
  secretKey: string;
  stop(): Promise<void>;
}

/** An S3 server of its own, with its data in memory, or in `folder` of this host. */
export async function startMinio(folder?: string): Promise<StartedMinio> {
  await buildMinio();
  const image = new GenericContainer(IMAGE)
    .withExposedPorts(PORT)
    .withEnvironment({ MINIO_ROOT_USER: ACCESS_KEY, MINIO_ROOT_PASSWORD: SECRET_KEY, MINIO_UPDATE: 'off' });
  const stored =
    folder === undefined
      ? image.withTmpFs({ '/data': 'rw' })
      : image.withBindMounts([{ source: folder, target: '/data', mode: 'rw' }]);
  const container = await stored
    .withCommand(['server', '/data'])
    .withWaitStrategy(Wait.forHttp('/minio/health/ready', PORT))
    .start();
  return {
    endpoint: `http://${container.getHost()}:${container.getMappedPort(PORT)}`,
    accessKey: ACCESS_KEY,
    secretKey: SECRET_KEY,
    async stop() {
      await container.stop({ timeout: 0 });
    },
  };
}

/** Compiles MinIO (some minutes, once) and puts the program alone into an image. It is AGPL: it never goes into git. */
async function buildMinio(): Promise<void> {
  if ((await run('docker', ['image', 'inspect', IMAGE])).code === 0) return;
  const program = join(CONTEXT, VERSION, 'minio');
  if (!existsSync(program)) {
    const bin = join(CONTEXT, 'bin');
    await mkdir(bin, { recursive: true });
    await mkdir(join(CONTEXT, VERSION), { recursive: true });
    await runOk(await goCommand(), ['install', '-trimpath', '-ldflags', '-s -w', `${MODULE}@${VERSION}`], {
      env: { ...process.env, GOBIN: bin, CGO_ENABLED: '0', GOFLAGS: '' },
    });
    await copyFile(join(bin, 'minio'), program);
    await chmod(program, 0o755);
  }
  const folder = join(CONTEXT, VERSION);
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY minio /minio\nENTRYPOINT ["/minio"]\n');
  await GenericContainer.fromDockerfile(folder).build(IMAGE, { deleteOnExit: false });
}
