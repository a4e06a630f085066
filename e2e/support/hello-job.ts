import type { JobDraft } from '@rebatch/client';
import type { StartedServer } from './server.ts';

export const HELLO_BUCKET = 'hello';

/** A one-instance job of one shell line, its logs below oss://hello/logs/; makes the bucket. */
export async function helloJob(
  { objects }: StartedServer,
  script = 'echo hello',
  task: Record<string, unknown> = {},
): Promise<Extract<JobDraft, { Type: 'DAG' }>> {
  await objects.makeBucket(HELLO_BUCKET);
  return {
    Name: 'hello',
    Type: 'DAG',
    DAG: {
      Tasks: {
        hello: {
          InstanceCount: 1,
          Timeout: 600,
          AutoCluster: { ImageId: 'img-ubuntu' },
          Parameters: {
            Command: { CommandLine: script },
            StdoutRedirectPath: `oss://${HELLO_BUCKET}/logs/`,
            StderrRedirectPath: `oss://${HELLO_BUCKET}/logs/`,
          },
          ...task,
        },
      },
      Dependencies: {},
    },
  };
}
