import { notFound } from '@rebatch/model';
import { unsupportedOperation } from '../errors.ts';
import { parsePage } from '../request/list-parameters.ts';
import type { Route } from './route.ts';

const INSTANCES = '/clusters/:clusterId/groups/:groupName/instances';

/**
 * Operations 14 to 22 of spec §5. This server has no fixed clusters, and says so: the list is empty, no id is found,
 * and none can be created.
 */
export function clusterRoutes(): Route[] {
  return [
    {
      method: 'post',
      path: '/clusters',
      handle: async (): Promise<never> => {
        throw unsupportedOperation('CreateCluster');
      },
    },
    {
      method: 'get',
      path: '/clusters',
      handle: async ({ query }) => {
        parsePage(query);
        return { status: 200, body: { Items: [], NextMarker: '' } };
      },
    },
    { method: 'get', path: '/clusters/:clusterId', handle: unknownCluster },
    { method: 'put', path: '/clusters/:clusterId', handle: unknownCluster },
    { method: 'delete', path: '/clusters/:clusterId', handle: unknownCluster },
    { method: 'get', path: INSTANCES, handle: unknownCluster },
    { method: 'get', path: `${INSTANCES}/:instanceId`, handle: unknownCluster },
    { method: 'delete', path: `${INSTANCES}/:instanceId`, handle: unknownCluster },
    { method: 'post', path: `${INSTANCES}/:instanceId/recreate`, handle: unknownCluster },
  ];
}

async function unknownCluster(): Promise<never> {
  throw notFound();
}
