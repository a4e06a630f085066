import type { ClusterDescription, Disks, Mounts, Networks } from '../descriptions.ts';
import { renderNotification } from './render-notification.ts';

/** A cluster's description as read, with Configs and Notification always there. */
export type ClusterDescriptionView = Omit<ClusterDescription, 'Configs' | 'Notification'> & {
  Configs: { Disks: Disks; Mounts: Mounts | Record<string, never>; Networks: Networks };
  Notification: NonNullable<ClusterDescription['Notification']>;
};

/**
 * The description's part of GET /clusters/{Id} (spec/batchcompute-api.md §9.2): the command-line client indexes Disks,
 * Mounts, Networks and Topic unasked (spec/clients.md §3.5). Parsing it gives the description again.
 */
export function renderClusterDescription(cluster: ClusterDescription): ClusterDescriptionView {
  return {
    ...cluster,
    InstanceType: cluster.InstanceType ?? '',
    Configs: { Disks: {}, Mounts: {}, Networks: {}, ...cluster.Configs },
    Notification: renderNotification(cluster.Notification),
  };
}
