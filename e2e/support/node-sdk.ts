import { promisify } from 'node:util';
import ALY from 'aliyun-sdk';
import { z } from 'zod';
import type { StartedServer } from './server.ts';

export type NodeSdkCall = (
  operation: string,
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

const ANSWER = z.object({ code: z.number(), data: z.record(z.string(), z.unknown()).nullish() });

export interface NodeSdkAnswer {
  /** HTTP status. */
  code: number;
  data: Record<string, unknown>;
}

/**
 * npm `aliyun-sdk` as it is, against this server: calls one of its operations by name.
 *
 * @param paramValidation whether the SDK checks parameters against its own, older schema before it sends them
 */
export function nodeSdkAnswers(
  server: StartedServer,
  paramValidation = true,
): (operation: string, input: Record<string, unknown>) => Promise<NodeSdkAnswer> {
  const sdk = new ALY.BatchCompute({
    accessKeyId: server.accessKeyId,
    secretAccessKey: server.accessKeySecret,
    endpoint: server.api,
    apiVersion: '2015-11-11',
    paramValidation,
  });
  return async (operation, input) => {
    const method = sdk[operation];
    if (method === undefined) throw new Error(`aliyun-sdk has no operation ${operation}`);
    const { code, data } = ANSWER.parse(await promisify(method.bind(sdk))(input));
    return { code, data: data ?? {} };
  };
}

/** The same for callers that only want `data`. */
export function nodeSdk(server: StartedServer): NodeSdkCall {
  const call = nodeSdkAnswers(server);
  return async (operation, input) => (await call(operation, input)).data;
}
