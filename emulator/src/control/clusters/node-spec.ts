import { fileNameCharset, gpuCount, instanceType, type Mounts } from '@rebatch/model';
import type { NodeSpec } from '../../executor/nodes.ts';
import type { ClusterRow, NodeRow } from '../../store/cluster-rows.ts';
import type { AttemptSpecOptions } from '../attempt-spec.ts';

const BYTES_PER_GB = 1024 ** 3;

/** Makes the function that resolves a machine from its cluster: no default and no image id is left in what it gives. */
export function nodeSpecs(options: AttemptSpecOptions): (cluster: ClusterRow, node: NodeRow) => NodeSpec {
  return (cluster, node) => nodeSpec(options, cluster, node);
}

function nodeSpec(options: AttemptSpecOptions, cluster: ClusterRow, node: NodeRow): NodeSpec {
  const { description } = cluster;
  const resources = options.strictSizes ? nodeSize(cluster, node) : undefined;
  return {
    id: node.id,
    clusterId: cluster.id,
    group: node.group,
    owner: cluster.owner,
    hostName: node.hostName,
    image: nodeImage(options, cluster, node),
    env: {
      ...description.EnvVars,
      BATCH_COMPUTE_CLUSTER_ID: cluster.id,
      BATCH_COMPUTE_WORKER_ID: node.id,
      BATCH_COMPUTE_REGION: options.region,
    },
    bootstrap: description.Bootstrap,
    userData: { ...description.UserData },
    mounts: mountsOf(description.Configs?.Mounts, description.EnvVars),
    ...(resources === undefined ? {} : { resources }),
    ...gpusOf(nodeType(cluster, node), options.strictSizes),
    region: options.region,
  };
}

/** The container image of a machine. A name that is known no more stands for itself. */
export function nodeImage(
  { images }: Pick<AttemptSpecOptions, 'images'>,
  { owner, description }: ClusterRow,
  { group }: NodeRow,
): string {
  const name = description.Groups[group]?.ImageId ?? description.ImageId;
  const found = images.resolve(owner, name);
  return 'image' in found ? found.image : found.unknown;
}

/** "" when neither group nor cluster says. */
export function nodeType({ description }: ClusterRow, { group }: NodeRow): string {
  return description.Groups[group]?.InstanceType ?? description.InstanceType ?? '';
}

/** Sizes are fitted to the machine unless they are strict, and so are GPUs. */
export function gpusOf(type: string, strictSizes: boolean): Pick<NodeSpec, 'gpus'> {
  const count = gpuCount(type);
  return count === 0 ? {} : { gpus: { count, required: strictSizes } };
}

/** What its InstanceType says. */
export function nodeSize(cluster: ClusterRow, node: NodeRow): NodeSpec['resources'] {
  const type = instanceType(nodeType(cluster, node));
  return type && { cpus: type.cpus, memoryBytes: type.memoryGb * BYTES_PER_GB };
}

/** `env`: of the programs that will see them. */
export function mountsOf(
  mounts: Mounts | undefined,
  env: Readonly<Record<string, string>>,
): NodeSpec['mounts'] {
  return (mounts?.Entries ?? []).map((entry) => ({
    url: entry.Source,
    path: entry.Destination,
    writable: entry.WriteSupport,
    ...charsetOf(mounts?.Locale ?? '', env),
  }));
}

/** Only what is not the default, UTF-8, is said. */
export function charsetOf(locale: string, env: Readonly<Record<string, string>>): { charset?: 'gbk' } {
  return fileNameCharset(locale, env) === 'gbk' ? { charset: 'gbk' } : {};
}
