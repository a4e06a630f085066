import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { JobDraft } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS, JSON_OPTION, type OptionSpecs } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { type CommandJob, commandJob } from '../submit/command-job.ts';
import { withPackedFolder } from '../submit/pack-folder.ts';
import { readDescription } from '../submit/read-description.ts';
import { waitForJob } from '../submit/wait-for-job.ts';

/** Options that only make sense with --command. */
const COMMAND_OPTIONS = {
  command: { value: 'LINE', help: 'the command line to run' },
  name: { value: 'NAME', help: "the job's name (default: the program's)" },
  image: {
    value: 'IMAGE',
    help: 'container image to run it in, or a name of "rebatch images" (default: img-ubuntu)',
  },
  instances: { value: 'N', help: 'copies of it to run (default: 1)' },
  package: { value: 'PATH', help: 'file, .tar.gz or folder to have in the work folder' },
  env: { value: 'NAME=VALUE', multiple: true, help: 'environment variable' },
  input: { value: 'URL=/PATH', multiple: true, help: 'object or prefix to see at a path' },
  output: { value: '/PATH=URL', multiple: true, help: 'file or folder to upload when it has ended' },
  timeout: { value: 'SECONDS', help: 'longest time for one run' },
  retries: { value: 'N', help: 'further tries for an instance that fails (default: 0)' },
  priority: { value: 'N', help: '0 to 1000, larger first (default: 0)' },
  type: { value: 'TYPE', help: 'instance type, such as ecs.sn1ne.large' },
  cluster: { value: 'ID', help: 'run on this cluster' },
  bucket: { value: 'NAME', help: 'bucket for logs and package, made when missing (default: rebatch)' },
} as const satisfies OptionSpecs;

export const submitCommand: Command = {
  usage: ['submit FILE.json [--wait]', 'submit - [--wait]', 'submit --command LINE [options] [--wait]'],
  about:
    'Submits a job: a description in JSON as the API takes it (- reads it from standard input), or one command line. Prints the id of the job.',
  options: {
    ...COMMAND_OPTIONS,
    wait: { short: 'w', help: 'follow its output until it is over; exit code 1 when it failed' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'rebatch submit --command "echo hello" --wait',
    'rebatch submit --command "python3 main.py" --package ./src --instances 4 --env MODE=fast',
  ],
  async run(options, io) {
    const commandLine = options.text('command');
    if (commandLine === undefined) return submitFile(options, io);
    options.between(0, 0, '');
    const job = commandJob(options, commandLine);
    return withConnection(options, io, async (connection) => {
      await connection.oss.makeBucket(job.bucket);
      return submit(connection, await withPackage(connection, job, io), options, io);
    });
  },
};

async function submitFile(options: Options, io: Io): Promise<number> {
  const file = options.only('FILE.json or --command');
  const stray = Object.keys(COMMAND_OPTIONS).find((name) => options.texts(name).length > 0);
  if (stray !== undefined)
    throw new UsageError(`--${stray} goes with --command only; ${file} says it itself`);
  const description = await readDescription(file, io);
  return withConnection(options, io, async (connection) => submit(connection, description, options, io));
}

async function submit(
  connection: Connection,
  description: JobDraft,
  options: Options,
  io: Io,
): Promise<number> {
  const id = await connection.jobs.createJob(description);
  await io.out(options.flag('json') ? `${JSON.stringify({ Id: id })}\n` : `${id}\n`);
  return options.flag('wait') ? waitForJob(connection, id, io) : 0;
}

/** Uploads the package, a folder packed, and returns the description. */
async function withPackage(connection: Connection, job: CommandJob, io: Io): Promise<JobDraft> {
  if (job.package === undefined) return job.description;
  const { key } = job.package;
  const path = resolve(io.cwd, job.package.path);
  const upload = async (file: string) => {
    await connection.oss.uploadFile(file, job.bucket, key, { signal: io.interrupted });
  };
  if ((await stat(path)).isDirectory()) await withPackedFolder(path, upload);
  else await upload(path);
  return job.description;
}
