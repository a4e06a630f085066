import type { ClusterDraft, RemoteNode } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { mappings, pairs } from '../submit/pairs.ts';
import { formatWireTime } from '../terminal/format-time.ts';
import { printable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/table.ts';

/** Lines of its log that a cluster's page shows. */
const LOG_LINES = 10;
const MAX_NODES = 65_536;

export const clusterCommand: Command = {
  usage: [
    'cluster ID [--json]',
    'cluster create NAME [--nodes N] [--image IMAGE] [options]',
    'cluster resize ID N [--group GROUP]',
    'cluster delete ID...',
  ],
  about:
    'Shows, creates, resizes and deletes a cluster: long-lived machines that know each other by name. Jobs run on it with "rebatch submit --cluster ID". A smaller cluster loses its idle nodes first, and busy ones when their work is done.',
  options: {
    nodes: { value: 'N', help: 'machines to have (default: 1)' },
    image: { value: 'IMAGE', help: 'image of the machines (default: img-ubuntu)' },
    type: { value: 'TYPE', help: 'instance type, such as ecs.sn1ne.large' },
    group: { value: 'GROUP', help: 'name of the group (default: group; to resize: the only one)' },
    prefix: { value: 'PREFIX', help: 'beginning of the host names, which are numbered' },
    bootstrap: { value: 'LINE', help: 'command line that root runs once on each machine' },
    env: { value: 'NAME=VALUE', multiple: true, help: 'variable of bootstrap and programs' },
    'user-data': { value: 'KEY=VALUE', multiple: true, help: 'what machines read at 100.100.100.200' },
    mount: { value: 'URL=/PATH', multiple: true, help: 'object or prefix to see at a path' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'rebatch cluster create farm --nodes 4 --image rebatch/blender --prefix render',
    'rebatch cluster resize cls-… 8',
  ],
  async run(options, io) {
    const [first, ...rest] = options.positionals;
    if (first === undefined) throw new UsageError('ID is missing; "rebatch clusters" lists them');
    const act = ACTIONS.get(first);
    return withConnection(options, io, async (connection) =>
      act === undefined
        ? show(connection, options.only('ID'), options, io)
        : act(connection, rest, options, io),
    );
  },
};

type Action = (connection: Connection, args: string[], options: Options, io: Io) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['create', create],
  ['resize', resize],
  ['delete', remove],
]);

async function show({ clusters }: Connection, id: string, options: Options, io: Io): Promise<number> {
  const cluster = await clusters.getCluster(id);
  const nodes: (RemoteNode & { Group: string })[] = [];
  for (const group of Object.keys(cluster.Groups)) {
    for await (const node of clusters.nodes(id, group)) nodes.push({ ...node, Group: group });
  }
  if (options.flag('json')) {
    await io.out(`${JSON.stringify({ ...cluster, Nodes: nodes }, null, 2)}\n`);
    return 0;
  }
  const groups = Object.entries(cluster.Groups).map(
    ([name, group]) => `${name} ${group.ActualVMCount}/${group.DesiredVMCount}`,
  );
  await io.out(
    [
      `Cluster   ${cluster.Id}`,
      `Name      ${printable(cluster.Name)}`,
      `State     ${printable([cluster.State, cluster.ErrorCode].filter((text) => text !== '').join(', '))}`,
      `Image     ${printable(cluster.ImageId)}`,
      `Groups    ${printable(groups.join(', '))}`,
      '',
      ...(nodes.length === 0 ? [] : [formatTable(NODE_COLUMNS, nodes)]),
      ...cluster.OperationLogs.slice(-LOG_LINES).map(printable),
      '',
    ].join('\n'),
  );
  return 0;
}

const NODE_COLUMNS = [
  { title: 'NODE', value: (node: RemoteNode) => node.Id },
  { title: 'GROUP', value: (node: { Group: string }) => node.Group },
  { title: 'HOST', value: (node: RemoteNode) => node.HostName },
  { title: 'ADDRESS', value: (node: RemoteNode) => node.IpAddress },
  { title: 'STATE', value: (node: RemoteNode) => node.State },
  { title: 'CREATED', value: (node: RemoteNode) => formatWireTime(node.CreationTime) },
  { title: 'MESSAGE', value: (node: RemoteNode) => node.ErrorMessage },
] as const;

async function create({ clusters }: Connection, args: string[], options: Options, io: Io): Promise<number> {
  const [name, extra] = args;
  if (name === undefined) throw new UsageError('NAME is missing');
  if (extra !== undefined) throw new UsageError(`one NAME is enough: what is "${extra}"?`);
  const id = await clusters.createCluster(clusterOf(name, options));
  await io.out(options.flag('json') ? `${JSON.stringify({ Id: id })}\n` : `${id}\n`);
  return 0;
}

function clusterOf(name: string, options: Options): ClusterDraft {
  const prefix = options.text('prefix');
  const mounts = Object.entries(mappings('mount', options.texts('mount')));
  return {
    Name: name,
    ImageId: options.text('image') ?? 'img-ubuntu',
    InstanceType: options.text('type'),
    Groups: {
      [options.text('group') ?? 'group']: {
        DesiredVMCount: options.integer('nodes', 0, MAX_NODES) ?? 1,
        ResourceType: 'OnDemand',
        ...(prefix === undefined ? {} : { HostnamePrefix: prefix }),
      },
    },
    EnvVars: pairs('env', options.texts('env'), /^[^=\s]+$/, 'NAME=VALUE'),
    UserData: pairs('user-data', options.texts('user-data'), /./, 'KEY=VALUE'),
    Bootstrap: options.text('bootstrap'),
    Configs: {
      Mounts: {
        Entries: mounts.map(([url, path]) => ({ Source: url, Destination: path, WriteSupport: false })),
        Locale: 'UTF-8',
      },
    },
  };
}

async function resize({ clusters }: Connection, args: string[], options: Options, io: Io): Promise<number> {
  const [id, count = '', extra] = args;
  if (id === undefined) throw new UsageError('ID is missing');
  if (extra !== undefined) throw new UsageError(`too many arguments: what is "${extra}"?`);
  if (!/^\d{1,5}$/.test(count) || Number(count) > MAX_NODES) {
    throw new UsageError(`N must be a whole number from 0 to ${MAX_NODES}, not "${count}"`);
  }
  const group = options.text('group') ?? onlyGroup(Object.keys((await clusters.getCluster(id)).Groups));
  await clusters.modifyCluster(id, { Groups: { [group]: { DesiredVMCount: Number(count) } } });
  await io.out(`${id} ${group} wants ${count}\n`);
  return 0;
}

function onlyGroup(groups: string[]): string {
  const [group, other] = groups;
  if (group === undefined || other !== undefined) {
    throw new UsageError(`--group must say which: ${groups.join(', ')}`);
  }
  return group;
}

async function remove({ clusters }: Connection, ids: string[], _options: Options, io: Io): Promise<number> {
  if (ids.length === 0) throw new UsageError('ID is missing');
  for (const id of ids) {
    await clusters.deleteCluster(id);
    await io.out(`${id} is being deleted\n`);
  }
  return 0;
}
