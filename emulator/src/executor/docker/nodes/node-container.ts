import type { ContainerCreateOptions, MountSettings } from 'dockerode';
import type { NodeSpec } from '../../nodes.ts';
import { type ContainerHost, DROPPED_CAPABILITIES, LABEL_DATA, limits } from '../container-options.ts';
import { gpuOptions } from '../gpus.ts';
import { MOUNTS_INSIDE, SHARED_INSIDE } from './node-folder.ts';

export const LABEL_NODE = 'dev.rebatch.node';
export const LABEL_CLUSTER = 'dev.rebatch.cluster';
/** What the metadata server tells the machine, as JSON: any server of this daemon may have to answer. */
export const LABEL_METADATA = 'dev.rebatch.metadata';

export function nodeContainerName(nodeId: string): string {
  return `rebatch-node-${nodeId}`;
}

export function clusterNetworkName(clusterId: string): string {
  return `rebatch-${clusterId}`;
}

/** The container of a machine: root, long-lived, known by its host name to all others of its cluster. */
export function nodeContainer(
  spec: NodeSpec,
  parts: {
    host: ContainerHost;
    sharedFolder: string;
    /** What is mounted below it later is seen inside, too. */
    mountsFolder?: string;
    command: string[];
    env: Record<string, string>;
  },
): ContainerCreateOptions {
  const [program, ...args] = parts.command;
  const network = clusterNetworkName(spec.clusterId);
  return {
    name: nodeContainerName(spec.id),
    Image: spec.image,
    Hostname: spec.hostName,
    User: '0:0',
    Entrypoint: program === undefined ? [] : [program],
    Cmd: args,
    Env: Object.entries(parts.env).map(([name, value]) => `${name}=${value}`),
    WorkingDir: '/',
    Labels: {
      [LABEL_DATA]: parts.host.dataId,
      [LABEL_NODE]: spec.id,
      [LABEL_CLUSTER]: spec.clusterId,
      [LABEL_METADATA]: JSON.stringify(metadataOf(spec)),
    },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      Init: true,
      LogConfig: { Type: 'none', Config: {} },
      NetworkMode: network,
      Mounts: [
        { Type: 'bind', Source: parts.sharedFolder, Target: SHARED_INSIDE },
        ...(parts.mountsFolder === undefined ? [] : [mountsBind(parts.mountsFolder)]),
      ],
      CapDrop: DROPPED_CAPABILITIES,
      SecurityOpt: ['no-new-privileges'],
      ...limits(spec, parts.host),
      ...gpuOptions(spec, parts.host.gpus()),
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [spec.hostName] } } },
  };
}

/** Seen from the host, never the other way round. */
function mountsBind(source: string): MountSettings {
  return { Type: 'bind', Source: source, Target: MOUNTS_INSIDE, BindOptions: { Propagation: 'rslave' } };
}

export interface NodeMetadata {
  meta: Record<string, string>;
  userData: Record<string, string>;
}

function metadataOf(spec: NodeSpec): NodeMetadata {
  const meta = {
    'instance-id': spec.id,
    hostname: spec.hostName,
    'image-id': spec.image,
    'region-id': spec.region,
    'cluster-id': spec.clusterId,
    'group-name': spec.group,
  };
  return { meta, userData: spec.userData };
}
