import { basename } from 'node:path';
import type { JobDraft } from '@rebatch/client';
import { isImageId, parseOssUrl } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';
import type { Options } from '../options/options.ts';
import { mappings, pairs } from './pairs.ts';
import { asName, stamped } from './stamp.ts';

const USUAL_IMAGE = 'img-ubuntu';

/** A job of one task, made of options; its logs, and its package, go below one folder of the object store. */
export interface CommandJob {
  description: JobDraft;
  bucket: string;
  /** Local file or folder to upload, and where to. */
  package?: { path: string; key: string };
}

/** @throws UsageError */
export function commandJob(options: Options, commandLine: string): CommandJob {
  if (commandLine.trim() === '') throw new UsageError('--command is empty');
  const name = asName(options.text('name') ?? basename(commandLine.trim().split(/\s+/)[0] ?? 'job'));
  const bucket = options.text('bucket') ?? 'rebatch';
  const folder = `jobs/${stamped(name)}`;
  parseOssUrl(`oss://${bucket}/${folder}`);
  const logs = `oss://${bucket}/${folder}/logs/`;
  const path = options.text('package');
  const key = path === undefined ? undefined : `${folder}/package/${asPackageName(path)}`;
  const clusterId = options.text('cluster');
  const { machine, container } = images(options.text('image'), clusterId);
  const instanceType = options.text('type');
  const timeout = options.integer('timeout', 1, 31_536_000);
  return {
    bucket,
    ...(path === undefined || key === undefined ? {} : { package: { path, key } }),
    description: {
      Name: name,
      Type: 'DAG',
      Priority: options.integer('priority', 0, 1000) ?? 0,
      DAG: {
        Tasks: {
          [name.slice(0, 32)]: {
            InstanceCount: options.integer('instances', 1, 100_000) ?? 1,
            MaxRetryCount: options.integer('retries', 0, 100) ?? 0,
            ...(timeout === undefined ? {} : { Timeout: timeout }),
            ...(clusterId === undefined
              ? {
                  AutoCluster: {
                    ImageId: machine,
                    ...(instanceType === undefined ? {} : { InstanceType: instanceType }),
                  },
                }
              : { ClusterId: clusterId }),
            Parameters: {
              Command: {
                CommandLine: commandLine,
                EnvVars: pairs('env', options.texts('env'), /^[^=\s]+$/, 'NAME=VALUE'),
                ...(key === undefined ? {} : { PackagePath: `oss://${bucket}/${key}` }),
                ...(container === undefined ? {} : { Docker: { Image: container } }),
              },
              InputMappingConfig: { Locale: 'UTF-8' },
              StdoutRedirectPath: logs,
              StderrRedirectPath: logs,
            },
            InputMapping: mappings('input', options.texts('input')),
            OutputMapping: pairs('output', options.texts('output'), /^\//, '/PATH=oss://BUCKET/KEY'),
          },
        },
        Dependencies: {},
      },
    },
  };
}

/** A name such as img-maya is a machine's image, anything else a container image that runs on a machine of the usual one. */
function images(
  image: string | undefined,
  clusterId: string | undefined,
): { machine: string; container?: string } {
  if (image === undefined) return { machine: USUAL_IMAGE };
  if (!isImageId(image)) return { machine: USUAL_IMAGE, container: image };
  if (clusterId !== undefined) {
    throw new UsageError(
      `the machines of a cluster have their image already: --image ${image} cannot be used`,
    );
  }
  return { machine: image };
}

/** A folder is packed; a file goes as it is. */
function asPackageName(path: string): string {
  return path.endsWith('.tar.gz') || path.endsWith('.tgz') ? 'package.tar.gz' : basename(path);
}
