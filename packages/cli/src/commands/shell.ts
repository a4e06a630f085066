import type { NodePath } from '@rebatch/client';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { findInstance } from '../shell/find-instance.ts';
import { runShell } from '../shell/run-shell.ts';

export const shellCommand: Command = {
  usage: [
    'shell JOB [TASK] [INSTANCE] [-- COMMAND...]',
    'shell --cluster ID --node NODE [-- COMMAND...]',
    'shell --release JOB [TASK] [INSTANCE]',
  ],
  about:
    'Opens a shell, or runs COMMAND, beside a running instance, in the kept sandbox of a failed one (ReserveOnFail), or on a machine of a cluster. TASK and INSTANCE may be left out: the first that runs is meant, else the first that is kept. JOB is an id, or "last" for the newest job. The exit code is that of the shell. See docs/docker-images.md.',
  options: {
    cluster: { value: 'ID', help: 'a cluster instead of a job' },
    node: {
      value: 'NODE',
      help: 'its machine: id, host name or number (from 0, as "rebatch cluster" lists them)',
    },
    release: { help: 'remove the kept sandbox instead' },
    'no-terminal': { short: 'T', help: 'no terminal on the other side: output and errors stay apart' },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'rebatch shell last',
    'rebatch shell last render 7 -- nvidia-smi',
    'rebatch shell --release last',
  ],
  async run(options, io) {
    const command = options.afterDashes;
    const names = options.positionals.slice(0, options.positionals.length - command.length);
    const useTerminal = !options.flag('no-terminal');
    return withConnection(options, io, async (connection) => {
      const { shells } = connection;
      const clusterId = options.text('cluster');
      if (clusterId !== undefined) {
        if (names.length > 0) throw new UsageError(`what is "${names[0]}"? A command follows "--"`);
        const node = await findNode(connection, clusterId, options);
        return runShell(io, { command, useTerminal }, (...wanted) => shells.openOnNode(node, ...wanted));
      }
      if (names.length > 3) throw new UsageError(`what is "${names[3]}"? A command follows "--"`);
      const instance = await findInstance(connection, names);
      if (options.flag('release')) {
        await shells.release(instance);
        return 0;
      }
      return runShell(io, { command, useTerminal }, (...wanted) =>
        shells.openInInstance(instance, ...wanted),
      );
    });
  },
};

async function findNode({ clusters }: Connection, clusterId: string, options: Options): Promise<NodePath> {
  const wanted = options.text('node');
  if (wanted === undefined) throw new UsageError('--node is missing');
  const { Groups } = await clusters.getCluster(clusterId);
  let number = 0;
  for (const group of Object.keys(Groups)) {
    for await (const { Id: nodeId, HostName } of clusters.nodes(clusterId, group)) {
      if ([nodeId, HostName, String(number)].includes(wanted)) return { clusterId, group, nodeId };
      number++;
    }
  }
  throw new CliError(`cluster ${clusterId} has no node ${wanted}: see "rebatch cluster ${clusterId}"`);
}
