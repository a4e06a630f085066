import { checkIdempotentToken, invalidParameter, parseAppDescription } from '@rebatch/model';
import type { Control } from '../../control/control.ts';
import { parsePage, parseScope } from '../request/list-parameters.ts';
import { pathParameter } from '../request/path-parameter.ts';
import type { ApiReply, ApiRequest, Route } from './route.ts';

/** Operations 27 to 33 of spec §5. */
export function appRoutes(control: Control): Route[] {
  return [
    {
      method: 'post',
      path: '/apps',
      async handle(request): Promise<ApiReply> {
        const description = parseAppDescription(await request.readBody());
        const token = checkIdempotentToken(request.query.get('IdempotentToken'));
        return { status: 201, body: await control.createApp(request.caller, description, token) };
      },
    },
    {
      method: 'get',
      path: '/apps',
      handle: async ({ caller, query }) => ({
        status: 200,
        body: await control.listApps(caller, parseScope(query), parsePage(query, 1)),
      }),
    },
    {
      method: 'get',
      path: '/apps/:appName',
      handle: async (request) => ({ status: 200, body: await readApp(control, request, appName(request)) }),
    },
    {
      method: 'put',
      path: '/apps/:appName',
      async handle(request): Promise<ApiReply> {
        const description = parseAppDescription(await request.readBody());
        if (description.Name !== appName(request)) {
          throw invalidParameter('Name', 'It must be equal to the name in the path.');
        }
        await control.modifyApp(request.caller, appName(request), description);
        return { status: 200, body: {} };
      },
    },
    {
      method: 'delete',
      path: '/apps/:appName',
      async handle(request): Promise<ApiReply> {
        await control.deleteApp(request.caller, appName(request), request.query.get('Qualifier'));
        return { status: 204 };
      },
    },
  ];
}

/** One path serves three reads: the App, one revision in full, and the bare array of its revisions (spec §8.4). */
async function readApp(control: Control, { caller, query }: ApiRequest, name: string): Promise<unknown> {
  if (query.flag('Revisions')) return control.getAppRevisions(caller, name);
  if (query.flag('Detail')) return control.getAppDetail(caller, name, query.get('Qualifier'));
  return control.getApp(caller, name, parseScope(query));
}

function appName(request: ApiRequest): string {
  return pathParameter(request, 'appName');
}
