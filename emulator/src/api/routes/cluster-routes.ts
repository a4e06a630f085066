import { checkIdempotentToken, parseClusterChange, parseClusterDescription } from '@rebatch/model';
import type { Control } from '../../control/control.ts';
import { parsePage } from '../request/list-parameters.ts';
import { pathParameter } from '../request/path-parameter.ts';
import type { ApiReply, ApiRequest, Route } from './route.ts';

const INSTANCES = '/clusters/:clusterId/groups/:groupName/instances';

/** Operations 14 to 22 of spec §5. */
export function clusterRoutes(control: Control): Route[] {
  return [
    {
      method: 'post',
      path: '/clusters',
      async handle(request): Promise<ApiReply> {
        const description = parseClusterDescription(await request.readBody());
        const token = checkIdempotentToken(request.query.get('IdempotentToken'));
        return { status: 201, body: await control.createCluster(request.caller, description, token) };
      },
    },
    {
      method: 'get',
      path: '/clusters',
      handle: async ({ caller, query }) => ({
        status: 200,
        body: await control.listClusters(caller, parsePage(query)),
      }),
    },
    {
      method: 'get',
      path: '/clusters/:clusterId',
      handle: async (request) => ({
        status: 200,
        body: await control.getCluster(request.caller, clusterId(request)),
      }),
    },
    {
      method: 'put',
      path: '/clusters/:clusterId',
      async handle(request): Promise<ApiReply> {
        const change = parseClusterChange(await request.readBody({ optional: true }));
        await control.modifyCluster(request.caller, clusterId(request), change);
        return { status: 200, body: {} };
      },
    },
    {
      method: 'delete',
      path: '/clusters/:clusterId',
      async handle(request): Promise<ApiReply> {
        await control.deleteCluster(request.caller, clusterId(request));
        return { status: 204 };
      },
    },
    ...instanceRoutes(control),
  ];
}

function instanceRoutes(control: Control): Route[] {
  return [
    {
      method: 'get',
      path: INSTANCES,
      handle: async (request) => ({
        status: 200,
        body: await control.listClusterInstances(
          request.caller,
          clusterId(request),
          pathParameter(request, 'groupName'),
          parsePage(request.query),
        ),
      }),
    },
    {
      method: 'get',
      path: `${INSTANCES}/:instanceId`,
      handle: async (request) => ({
        status: 200,
        body: await control.getClusterInstance(request.caller, nodeAddress(request)),
      }),
    },
    {
      method: 'delete',
      path: `${INSTANCES}/:instanceId`,
      async handle(request): Promise<ApiReply> {
        await control.deleteClusterInstance(request.caller, nodeAddress(request));
        return { status: 202, body: {} };
      },
    },
    {
      method: 'post',
      path: `${INSTANCES}/:instanceId/recreate`,
      async handle(request): Promise<ApiReply> {
        await control.recreateClusterInstance(request.caller, nodeAddress(request));
        return { status: 201, body: {} };
      },
    },
  ];
}

function clusterId(request: ApiRequest): string {
  return pathParameter(request, 'clusterId');
}

function nodeAddress(request: ApiRequest): { clusterId: string; group: string; nodeId: string } {
  return {
    clusterId: clusterId(request),
    group: pathParameter(request, 'groupName'),
    nodeId: pathParameter(request, 'instanceId'),
  };
}
