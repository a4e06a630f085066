/** A DAG job of one task, as JSON text. */
export function sampleJob(instances = 2): string {
  return JSON.stringify({
    Name: 'demo',
    Type: 'DAG',
    Priority: 1,
    DAG: {
      Tasks: {
        work: {
          InstanceCount: instances,
          Timeout: 60,
          AutoCluster: { ImageId: 'img-ubuntu' },
          Parameters: { Command: { CommandLine: 'true' } },
        },
      },
    },
  });
}
