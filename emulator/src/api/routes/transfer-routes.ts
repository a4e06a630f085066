import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Clock } from '@rebatch/model';
import type { Happening } from '../../events/happening.ts';
import type { Store } from '../../store/store.ts';
import { exportLines } from '../../transfer/export-lines.ts';
import { importRecords } from '../../transfer/import-records.ts';
import { parseImport } from '../../transfer/parse-import.ts';
import type { ApiReply, Route } from './route.ts';

/** Bytes of an import: about 50,000 jobs. */
const MAX_IMPORT_BYTES = 64 * 1024 * 1024;

/** Beyond the vendor's API: jobs and Apps of an account, with their story, out of one server and into another. */
export function transferRoutes(options: {
  store: Store;
  clock: Clock;
  publish: (happening: Happening) => void;
}): Route[] {
  const { store, clock, publish } = options;
  return [
    {
      method: 'get',
      path: '/export',
      handle: async ({ caller }) => ({
        status: 200,
        stream: (response) => sendLines(response, exportLines(store, caller.owner)),
      }),
    },
    {
      method: 'post',
      path: '/import',
      async handle(request): Promise<ApiReply> {
        const { owner } = request.caller;
        const records = parseImport((await request.readBytes(MAX_IMPORT_BYTES)).toString('utf8'));
        const { counts, added } = importRecords(store, owner, records, clock.now());
        for (const { jobId, state } of added) publish({ type: 'job', jobId, owner, from: '', to: state });
        return { status: 201, body: counts };
      },
    },
  ];
}

async function sendLines(response: ServerResponse, lines: Iterable<string>): Promise<void> {
  response.statusCode = 200;
  response.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
  const hungUp = once(response, 'close');
  for (const line of lines) {
    if (response.destroyed) return;
    // Others are served while the reader takes its time, and between any two lines when it does not.
    if (!response.write(`${line}\n`)) await Promise.race([once(response, 'drain'), hungUp]);
    else await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}
