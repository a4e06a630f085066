import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface FuzzRequest {
  method: string;
  target: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** False: sent without a signature. */
  signed: boolean;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Account {
  id: string;
  secret: string;
}

/** Sends a request as the Python SDK would, signed over the target exactly as it goes on the wire. */
export async function send(
  endpoint: URL,
  agent: Agent,
  account: Account,
  { method, target, headers, body, signed }: FuzzRequest,
): Promise<Answer> {
  const all: Record<string, string> = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    Date: new Date().toUTCString(),
    'x-acs-signature-nonce': randomUUID(),
    ...headers,
  };
  if (signed) all['Authorization'] = `acs ${account.id}:${signature(account.secret, method, target, all)}`;
  const outgoing = request({
    agent,
    host: endpoint.hostname,
    port: endpoint.port,
    method,
    path: target,
    headers: { ...all, 'Content-Length': body?.length ?? 0 },
  });
  outgoing.end(body);
  const [incoming] = await once(outgoing, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    status: incoming.statusCode,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** spec/batchcompute-api.md §3. */
function signature(secret: string, method: string, target: string, headers: Record<string, string>): string {
  const byName = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const value = (wanted: string): string => byName.find(([name]) => name === wanted)?.[1] ?? '';
  const canonical = byName
    .filter(([name]) => name.startsWith('x-acs-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${name}:${text}\n`)
    .join('');
  const head = [method, value('accept'), value('content-md5'), value('content-type'), value('date')];
  return createHmac('sha1', secret)
    .update(`${head.join('\n')}\n${canonical}${target}`)
    .digest('base64');
}
