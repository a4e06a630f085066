import { promisify } from 'node:util';
import ALY from 'aliyun-sdk';
import { z } from 'zod';
import type { StartedServer } from './server.ts';

export type NodeSdkCall = (
  operation: string,
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

const ANSWER = z.object({ data: z.record(z.string(), z.unknown()).nullish() });

/** npm `aliyun-sdk` as it is, against this server: calls one of its operations by name and gives back `data`. */
export function nodeSdk(server: StartedServer): NodeSdkCall {
  const sdk = new ALY.BatchCompute({
    accessKeyId: server.accessKeyId,
    secretAccessKey: server.accessKeySecret,
    endpoint: server.api,
    apiVersion: '2015-11-11',
  });
  return async (operation, input) => {
    const method = sdk[operation];
    if (method === undefined) throw new Error(`aliyun-sdk has no operation ${operation}`);
    return ANSWER.parse(await promisify(method.bind(sdk))(input)).data ?? {};
  };
}
