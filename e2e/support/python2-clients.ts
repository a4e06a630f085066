import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GenericContainer } from 'testcontainers';
import { debianFiles } from './debian-files.ts';
import { CACHE } from './paths.ts';
import { withPip } from './pip.ts';
import { run, runOk } from './run.ts';

const SDK = 'batchcompute==2.1.7';
export const PYTHON2_CLIENTS = 'rebatch-e2e/python2-clients:1';
const CONTEXT = join(CACHE, 'e2e/python2-clients');

/** /lib is a link in the image, and COPY would not follow it; /usr/lib is where it leads. */
const DOCKERFILE = `FROM rebatch/img-ubuntu:latest
COPY root/etc /etc/
COPY root/usr /usr/
COPY root/lib /usr/lib/
COPY site /opt/clients
COPY sdk-tests /opt/sdk-tests
ENV PATH=/usr/lib/jvm/java/bin:/usr/bin:/bin JYTHONPATH=/clients/python2:/opt/clients
RUN cd /usr/lib/jvm && ln -s java-17-openjdk-* java && mkdir -p /home/admin
`;

/**
 * Builds the image with the clients that speak Python 2 only, and Jython to run them: Debian 12 has no other Python 2.
 * The SDK's own tests lie in /opt/sdk-tests, as its source package has them.
 */
export async function buildPython2Clients(): Promise<void> {
  if ((await run('docker', ['image', 'inspect', PYTHON2_CLIENTS])).code === 0) return;
  await rm(CONTEXT, { recursive: true, force: true });
  await mkdir(join(CONTEXT, 'source'), { recursive: true });
  await withPip(async (pip) => {
    const target = join(CONTEXT, 'site');
    await pip(
      'install',
      '--no-compile',
      '--no-deps',
      '--target',
      target,
      SDK,
      'batchcompute-auto-scaling==0.0.1',
    );
    await pip('download', '--no-deps', '--no-binary', ':all:', '--dest', join(CONTEXT, 'source'), SDK);
  });
  const archive = join(CONTEXT, 'source/batchcompute-2.1.7.tar.gz');
  await runOk('tar', ['-xzf', archive, '-C', join(CONTEXT, 'source')]);
  await cp(join(CONTEXT, 'source/batchcompute-2.1.7/tests'), join(CONTEXT, 'sdk-tests'), { recursive: true });
  await rm(join(CONTEXT, 'source'), { recursive: true });
  await mkdir(join(CONTEXT, 'root/lib'), { recursive: true });
  await debianFiles(
    'rebatch/img-ubuntu:latest',
    ['jython', 'openjdk-17-jre-headless'],
    join(CONTEXT, 'root'),
  );
  await writeFile(join(CONTEXT, 'Dockerfile'), DOCKERFILE);
  await GenericContainer.fromDockerfile(CONTEXT).build(PYTHON2_CLIENTS, { deleteOnExit: false });
  await rm(CONTEXT, { recursive: true });
}
