import { checkIdempotentToken, parseImageDescription } from '@rebatch/model';
import type { Control } from '../../control/control.ts';
import { parseImageType, parsePage } from '../request/list-parameters.ts';
import { pathParameter } from '../request/path-parameter.ts';
import type { ApiReply, Route } from './route.ts';

/** Operations 23 to 26 of spec §5. */
export function imageRoutes(control: Control): Route[] {
  return [
    {
      method: 'post',
      path: '/images',
      async handle(request): Promise<ApiReply> {
        const description = parseImageDescription(await request.readBody());
        const token = checkIdempotentToken(request.query.get('IdempotentToken'));
        return { status: 201, body: await control.createImage(request.caller, description, token) };
      },
    },
    {
      method: 'get',
      path: '/images',
      handle: async ({ caller, query }) => ({
        status: 200,
        body: await control.listImages(caller, parseImageType(query), parsePage(query)),
      }),
    },
    {
      method: 'get',
      path: '/images/:imageId',
      handle: async (request) => ({
        status: 200,
        body: await control.getImage(request.caller, pathParameter(request, 'imageId')),
      }),
    },
    {
      method: 'delete',
      path: '/images/:imageId',
      async handle(request): Promise<ApiReply> {
        await control.deleteImage(request.caller, pathParameter(request, 'imageId'));
        return { status: 204 };
      },
    },
  ];
}
