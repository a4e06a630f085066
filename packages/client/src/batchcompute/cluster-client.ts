import { randomUUID } from 'node:crypto';
import type { ClusterDescription, Page } from '@rebatch/model';
import { type ClientOptions, KeyedServer } from '../http/keyed-server.ts';
import { ApiSession } from './api-session.ts';
import type { Draft } from './draft.ts';
import { eachItem, type PageOptions } from './pages.ts';
import { readCluster, readNode, type RemoteCluster, type RemoteNode } from './read-clusters.ts';
import { readPage } from './read-views.ts';
import { path, resource } from './resource.ts';
import { object, text } from './wire-value.ts';

/** What POST /clusters needs at least (spec/batchcompute-api.md §9.1). */
export type ClusterDraft = Draft<ClusterDescription> & {
  readonly Name: string;
  readonly ImageId: string;
  readonly Groups: Readonly<Record<string, { readonly DesiredVMCount: number }>>;
};

/** Where a machine is found. */
export interface NodePath {
  clusterId: string;
  group: string;
  nodeId: string;
}

/** The verbs of spec §5 for clusters and their machines; what they throw is what `BatchComputeClient` throws. */
export class ClusterClient {
  readonly #session: ApiSession;

  /** @throws TypeError when `endpoint` is no address. */
  constructor(options: ClientOptions) {
    this.#session = new ApiSession(new KeyedServer(options));
  }

  /** @returns the new cluster's Id; its machines come later. */
  async createCluster(description: ClusterDraft): Promise<string> {
    const token = randomUUID().replaceAll('-', '_');
    const target = resource(path('clusters'), { IdempotentToken: token });
    const body = description;
    const reply = await this.#session.call({ method: 'POST', resource: target, body, repeatable: true });
    return text(object(reply).Id);
  }

  clusters(): AsyncGenerator<RemoteCluster, void, undefined> {
    return eachItem(async (page) => readPage(await this.#list(path('clusters'), page), readCluster));
  }

  async getCluster(clusterId: string): Promise<RemoteCluster> {
    return readCluster(await this.#get(path('clusters', clusterId)));
  }

  /** Changes what is named and leaves the rest. */
  async modifyCluster(clusterId: string, change: Draft<ClusterDescription>): Promise<void> {
    const target = path('clusters', clusterId);
    await this.#session.call({ method: 'PUT', resource: target, body: change, repeatable: true });
  }

  async deleteCluster(clusterId: string): Promise<void> {
    await this.#act('DELETE', path('clusters', clusterId));
  }

  async listNodes(clusterId: string, group: string, page: PageOptions = {}): Promise<Page<RemoteNode>> {
    return readPage(
      await this.#list(path('clusters', clusterId, 'groups', group, 'instances'), page),
      readNode,
    );
  }

  nodes(clusterId: string, group: string): AsyncGenerator<RemoteNode, void, undefined> {
    return eachItem(async (page) => this.listNodes(clusterId, group, page));
  }

  async getNode(node: NodePath): Promise<RemoteNode> {
    return readNode(await this.#get(nodePath(node)));
  }

  /** Its group wants one less from then on. */
  async deleteNode(node: NodePath): Promise<void> {
    await this.#act('DELETE', nodePath(node));
  }

  /** Another one comes in its place. */
  async recreateNode(node: NodePath): Promise<void> {
    await this.#act('POST', `${nodePath(node)}/recreate`);
  }

  /** Lets go of idle connections. */
  close(): void {
    this.#session.close();
  }

  async #get(target: string): Promise<unknown> {
    return this.#session.call({ method: 'GET', resource: target, repeatable: true });
  }

  async #list(target: string, { marker, limit }: PageOptions): Promise<unknown> {
    return this.#get(resource(target, { Marker: marker === '' ? undefined : marker, MaxItemCount: limit }));
  }

  async #act(method: 'POST' | 'DELETE', target: string): Promise<void> {
    await this.#session.call({ method, resource: target, repeatable: false });
  }
}

function nodePath({ clusterId, group, nodeId }: NodePath): string {
  return path('clusters', clusterId, 'groups', group, 'instances', nodeId);
}
