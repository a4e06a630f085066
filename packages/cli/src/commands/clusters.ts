import type { RemoteCluster } from '@rebatch/client';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatWireTime } from '../terminal/format-time.ts';
import { formatTable } from '../terminal/table.ts';

export const clustersCommand: Command = {
  usage: ['clusters [--json]'],
  about: 'Lists your clusters, the oldest first.',
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    options.between(0, 0, '');
    const clusters = await withConnection(options, io, async (connection) =>
      Array.fromAsync(connection.clusters.clusters()),
    );
    if (options.flag('json')) await io.out(`${JSON.stringify(clusters, null, 2)}\n`);
    else if (clusters.length > 0) await io.out(formatTable(COLUMNS, clusters));
    else io.err('there are no clusters; make one: rebatch cluster create NAME --nodes 2\n');
    return 0;
  },
};

const COLUMNS = [
  { title: 'CLUSTER', value: (cluster: RemoteCluster) => cluster.Id },
  { title: 'NAME', value: (cluster: RemoteCluster) => cluster.Name },
  { title: 'STATE', value: (cluster: RemoteCluster) => cluster.ErrorCode || cluster.State },
  { title: 'NODES', value: nodes, align: 'right' },
  { title: 'IMAGE', value: (cluster: RemoteCluster) => cluster.ImageId },
  { title: 'CREATED', value: (cluster: RemoteCluster) => formatWireTime(cluster.CreationTime) },
] as const;

/** Those that run, of those that are wanted. */
function nodes({ Groups: groups, Metrics: { RunningCount: running } }: RemoteCluster): string {
  const wanted = Object.values(groups).reduce((sum, group) => sum + group.DesiredVMCount, 0);
  return `${running}/${wanted}`;
}
