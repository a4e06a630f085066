import type { Control } from '../../control/control.ts';
import { parseInstancePage, parsePage, parseStateFilter } from '../request/list-parameters.ts';
import { instanceParameter, pathParameter } from '../request/path-parameter.ts';
import type { Route } from './route.ts';

/** Operations 10 to 13 of spec §5: tasks and their instances. */
export function taskRoutes(control: Control): Route[] {
  return [
    {
      method: 'get',
      path: '/jobs/:jobId/tasks',
      handle: async (request) => ({
        status: 200,
        body: await control.listTasks(
          request.caller,
          pathParameter(request, 'jobId'),
          parseStateFilter(request.query),
          parsePage(request.query),
        ),
      }),
    },
    {
      method: 'get',
      path: '/jobs/:jobId/tasks/:taskName',
      handle: async (request) => ({
        status: 200,
        body: await control.getTask(
          request.caller,
          pathParameter(request, 'jobId'),
          pathParameter(request, 'taskName'),
        ),
      }),
    },
    {
      method: 'get',
      path: '/jobs/:jobId/tasks/:taskName/instances',
      handle: async (request) => ({
        status: 200,
        body: await control.listInstances(
          request.caller,
          pathParameter(request, 'jobId'),
          pathParameter(request, 'taskName'),
          parseStateFilter(request.query),
          parseInstancePage(request.query),
        ),
      }),
    },
    {
      method: 'get',
      path: '/jobs/:jobId/tasks/:taskName/instances/:instanceId',
      handle: async (request) => ({
        status: 200,
        body: await control.getInstance(
          request.caller,
          pathParameter(request, 'jobId'),
          pathParameter(request, 'taskName'),
          instanceParameter(request),
        ),
      }),
    },
  ];
}
