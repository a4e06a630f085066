import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Credentials } from '@rebatch/registry';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { OssFiles } from '../registry/oss-files.ts';
import { serveRegistry } from '../registry/serve-registry.ts';
import { readOssUrl } from '../transfer/read-oss-url.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export const registryCommand: Command = {
  usage: ['registry --oss-path oss://BUCKET/PREFIX/ [--port 5000]'],
  about:
    'Runs a Docker registry on this machine whose storage is a prefix of the object store, until it is interrupted. What is pushed to it runs in tasks that name the prefix as their RegistryOSSPath. See docs/docker-images.md.',
  options: {
    'oss-path': { value: 'URL', help: 'the prefix, as in RegistryOSSPath' },
    port: { value: 'N', help: 'default: 5000; 0: any free one' },
    host: { value: 'ADDRESS', help: 'default: 127.0.0.1; others need --password-file' },
    'password-file': { value: 'FILE', help: 'file with one line USER:PASSWORD, as for "docker login"' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'rebatch registry --oss-path oss://studio/dockers/ &',
    'docker tag tool localhost:5000/tool:0.1',
    'docker push localhost:5000/tool:0.1',
  ],
  async run(options, io) {
    options.between(0, 0, '');
    const path = options.text('oss-path');
    if (path === undefined)
      throw new UsageError('--oss-path is missing: the prefix of the registry, oss://BUCKET/PREFIX/');
    const place = readOssUrl(path);
    const port = options.integer('port', 0, 65_535) ?? 5000;
    const host = options.text('host') ?? '127.0.0.1';
    const passwordFile = options.text('password-file');
    if (passwordFile === undefined && !LOOPBACK.has(host)) {
      throw new UsageError(`--host ${host} lets others in: --password-file is needed`);
    }
    const credentials = passwordFile && (await readPassword(resolve(io.cwd, passwordFile)));
    return withConnection(options, io, async ({ oss }) => {
      if (!(await oss.bucketExists(place.bucket))) {
        throw new CliError(
          `there is no bucket ${place.bucket}: make it with "rebatch mb oss://${place.bucket}"`,
        );
      }
      const files = new OssFiles(oss, place);
      const ended = new AbortController();
      const stop = (): void => ended.abort();
      process.once('SIGTERM', stop);
      io.interrupted.addEventListener('abort', stop);
      try {
        await serveRegistry(
          {
            files,
            host,
            port,
            ...(credentials ? { credentials } : {}),
            onError: (error) =>
              io.err(`rebatch: ${error instanceof Error ? error.message : String(error)}\n`),
          },
          once(ended.signal, 'abort'),
          (address) => io.out(options.flag('json') ? readyLine(address) : readyText(address, files.where)),
        );
      } finally {
        process.off('SIGTERM', stop);
        io.interrupted.removeEventListener('abort', stop);
      }
      return 0;
    });
  },
};

function readyLine(address: string): string {
  return `${JSON.stringify({ ready: true, registry: `http://${address}` })}\n`;
}

function readyText(address: string, where: string): string {
  const name = address.replace(/^127\.0\.0\.1:/, 'localhost:');
  return `${where} is a Docker registry at ${address}: docker push ${name}/NAME:TAG\n`;
}

async function readPassword(file: string): Promise<Credentials> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CliError(`${file} cannot be read`, { cause: error });
  });
  const [, user, password] = /^([^:\r\n]+):([^\r\n]+)\r?\n?$/.exec(text) ?? [];
  if (user === undefined || password === undefined)
    throw new CliError(`${file} is not one line USER:PASSWORD`);
  return { user, password };
}
