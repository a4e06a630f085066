import { notFound } from '@rebatch/model';
import { unsupportedOperation } from '../errors.ts';
import { parsePage } from '../request/list-parameters.ts';
import type { Route } from './route.ts';

/**
 * Operations 23 to 26 of spec §5. This server keeps no register of images; tasks name container images or the
 * aliases that the server resolves. The list is empty, no id is found, and none can be created.
 */
export function imageRoutes(): Route[] {
  return [
    {
      method: 'post',
      path: '/images',
      handle: async (): Promise<never> => {
        throw unsupportedOperation('CreateImage');
      },
    },
    {
      method: 'get',
      path: '/images',
      handle: async ({ query }) => {
        parsePage(query);
        return { status: 200, body: { Items: [], NextMarker: '' } };
      },
    },
    { method: 'get', path: '/images/:imageId', handle: unknownImage },
    { method: 'delete', path: '/images/:imageId', handle: unknownImage },
  ];
}

async function unknownImage(): Promise<never> {
  throw notFound();
}
