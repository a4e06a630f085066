import { formatTime, invalidParameter, missingParameter } from '@rebatch/model';
import type { ShellControl } from '../../control/shells/shell-control.ts';
import type { KeptSandbox, Shell, ShellRequest } from '../../executor/shells.ts';
import { instanceParameter, pathParameter } from '../request/path-parameter.ts';
import { serveShell } from '../response/serve-shell.ts';
import { takeUpgrade } from '../response/upgrade.ts';
import type { ApiReply, ApiRequest, Route } from './route.ts';

/** Beyond the vendor's API: shells in running and kept sandboxes and on machines, and what is kept. */
export function shellRoutes(control: ShellControl): Route[] {
  return [
    {
      method: 'get',
      path: '/jobs/:jobId/tasks/:taskName/instances/:instanceId/shell',
      handle: async (request) =>
        shellReply(() => control.openInInstance(request.caller, addressOf(request), shellRequest(request))),
    },
    {
      method: 'get',
      path: '/clusters/:clusterId/groups/:group/instances/:nodeId/shell',
      handle: async (request) => {
        const [clusterId, group, nodeId] = ['clusterId', 'group', 'nodeId'].map((name) =>
          pathParameter(request, name),
        );
        const address = { clusterId: clusterId ?? '', group: group ?? '', nodeId: nodeId ?? '' };
        return shellReply(() => control.openOnNode(request.caller, address, shellRequest(request)));
      },
    },
    {
      method: 'get',
      path: '/reserved',
      handle: async ({ caller }) => ({
        status: 200,
        body: { Items: control.listReserved(caller).map(reservedView), NextMarker: '' },
      }),
    },
    {
      method: 'delete',
      path: '/reserved/:jobId/:taskName/:instanceId',
      async handle(request): Promise<ApiReply> {
        await control.releaseReserved(request.caller, addressOf(request));
        return { status: 204 };
      },
    },
  ];
}

function addressOf(request: ApiRequest): { jobId: string; taskName: string; instanceId: number } {
  return {
    jobId: pathParameter(request, 'jobId'),
    taskName: pathParameter(request, 'taskName'),
    instanceId: instanceParameter(request),
  };
}

/** A shell is opened when the sender can have it, and refused as any other request. */
function shellReply(open: () => Promise<Shell>): ApiReply {
  return {
    status: 101,
    async stream(response) {
      const shell = await open();
      const upgraded = takeUpgrade(response);
      if (upgraded === undefined) {
        shell.hangUp();
        throw missingParameter('Upgrade');
      }
      serveShell(shell, upgraded);
    },
  };
}

/** Command: its words, a JSON list; empty: a shell. Terminal, Columns and Rows: when the sender has a terminal. */
function shellRequest({ query }: ApiRequest): ShellRequest {
  const command = readCommand(query.get('Command'));
  const name = query.get('Terminal');
  if (name === '') return { command };
  if (!/^[\w.+-]{1,40}$/.test(name)) throw invalidParameter('Terminal', 'It must be the name of a terminal.');
  const [columns, rows] = [query.get('Columns'), query.get('Rows')].map((text) =>
    /^\d{1,4}$/.test(text) ? Number(text) : 0,
  );
  return { command, terminal: { name, columns: columns || 80, rows: rows || 24 } };
}

function readCommand(text: string): string[] {
  if (text === '') return [];
  let words: unknown;
  try {
    words = JSON.parse(text);
  } catch {
    words = undefined;
  }
  if (Array.isArray(words) && words.every((word) => typeof word === 'string' && !word.includes('\0')))
    return words;
  throw invalidParameter('Command', 'It must be a JSON list of strings.');
}

function reservedView(kept: KeptSandbox): Record<string, unknown> {
  const { jobId, taskName, instanceId, outcome, since, until } = kept;
  return {
    JobId: jobId,
    TaskName: taskName,
    InstanceId: instanceId,
    ...('exitCode' in outcome ? { ExitCode: outcome.exitCode } : {}),
    Reason: outcome.kind === 'killed' ? outcome.reason : outcome.kind === 'failed' ? outcome.message : '',
    Since: formatTime(since),
    Until: formatTime(until),
  };
}
