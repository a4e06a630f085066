import {
  checkIdempotentToken,
  type Clock,
  type JobDescription,
  parseJobDescription,
  parsePriorityBody,
} from '@rebatch/model';
import type { Control } from '../../control/control.ts';
import { parseJobFilter, parsePage } from '../request/list-parameters.ts';
import { pathParameter } from '../request/path-parameter.ts';
import type { ApiReply, ApiRequest, Route } from './route.ts';
import { submitAndWait } from './submit-and-wait.ts';

/** Operations 1 to 9 of spec §5. */
export function jobRoutes(control: Control, clock: Clock): Route[] {
  const submit = async (request: ApiRequest, description: JobDescription): Promise<{ Id: string }> =>
    control.submitJob(
      request.caller,
      description,
      checkIdempotentToken(request.query.get('IdempotentToken')),
    );

  return [
    {
      method: 'post',
      path: '/jobs',
      async handle(request): Promise<ApiReply> {
        const description = parseJobDescription(await request.readBody());
        return request.query.flag('sync')
          ? submitAndWait(request, description, submit, control, clock)
          : { status: 201, body: await submit(request, description) };
      },
    },
    {
      method: 'get',
      path: '/jobs',
      handle: async ({ caller, query }) => ({
        status: 200,
        body: await control.listJobs(caller, parseJobFilter(query), parsePage(query)),
      }),
    },
    {
      method: 'get',
      path: '/jobs/:jobId',
      handle: async (request) => ({
        status: 200,
        body: request.query.flag('description')
          ? await control.getJobDescription(request.caller, jobId(request))
          : await control.getJob(request.caller, jobId(request)),
      }),
    },
    {
      method: 'put',
      path: '/jobs/:jobId',
      async handle(request): Promise<ApiReply> {
        const priority = parsePriorityBody(await request.readBody());
        await control.changeJobPriority(request.caller, jobId(request), priority);
        return { status: 200, body: {} };
      },
    },
    {
      method: 'post',
      path: '/jobs/:jobId/start',
      async handle(request): Promise<ApiReply> {
        await control.startJob(request.caller, jobId(request));
        return { status: 201, body: {} };
      },
    },
    {
      method: 'post',
      path: '/jobs/:jobId/stop',
      async handle(request): Promise<ApiReply> {
        await control.stopJob(request.caller, jobId(request));
        return { status: 201, body: {} };
      },
    },
    {
      method: 'delete',
      path: '/jobs/:jobId',
      async handle(request): Promise<ApiReply> {
        await control.deleteJob(request.caller, jobId(request));
        return { status: 204 };
      },
    },
  ];
}

function jobId(request: ApiRequest): string {
  return pathParameter(request, 'jobId');
}
