import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';

const ADDED = z.object({ Slave: z.string() });

/** What the auto-scaler asks of Deadline's web service, for one pool. */
export interface DeadlineStandIn {
  readonly port: number;
  /** Names of the hosts in the pool. */
  readonly hosts: Set<string>;
  /** Sets how many tasks of the pool are queued. */
  queue(tasks: number): void;
  close(): Promise<void>;
}

/** Deadline is nobody's to ship: this answers as it does, with hosts that are idle and one job. */
export async function deadlineStandIn(pool: string): Promise<DeadlineStandIn> {
  const hosts = new Set<string>();
  let queued = 0;
  const answerTo = async (request: IncomingMessage): Promise<unknown> => {
    const url = new URL(request.url ?? '', 'http://deadline');
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /api/slaves':
        return Array.from(hosts, (Host) => ({ Host, Stat: 2, IP: '' }));
      case 'GET /api/pools':
        return [...hosts];
      case 'PUT /api/pools':
        hosts.add(ADDED.parse(JSON.parse(Buffer.concat(await request.toArray()).toString())).Slave);
        return 'Success';
      case 'DELETE /api/pools':
        hosts.delete(url.searchParams.get('Slaves') ?? '');
        return 'Success';
      case 'GET /api/jobs':
        return [{ _id: 'job', Props: { Pool: pool } }];
      case 'GET /api/tasks':
        return { Tasks: Array.from({ length: queued }, (_, n) => ({ _id: `${n}`, Stat: 2 })) };
      default:
        return 'Success';
    }
  };
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    void answerTo(request).then(
      (answer) => response.end(JSON.stringify(answer)),
      () => response.writeHead(400).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return {
    port,
    hosts,
    queue(tasks) {
      queued = tasks;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
