import { run } from './run.ts';

/** A shell line at which a program waits until {@link letGo}: what a test does meanwhile may take as long as it likes. */
export const HOLD = 'until [ -e /tmp/go ]; do sleep 0.1; done';

/**
 * Lets the programs of a job go on that are in containers now.
 * @param dockerHost of another Docker than the machine's own
 */
export async function letGo(jobId: string, dockerHost?: string): Promise<void> {
  const docker = dockerHost === undefined ? [] : ['-H', dockerHost];
  const { stdout } = await run('docker', [...docker, 'ps', '-q', '--filter', `name=rebatch-${jobId}`]);
  for (const id of stdout.split('\n').filter((line) => line !== '')) {
    await run('docker', [...docker, 'exec', id, 'touch', '/tmp/go']);
  }
}
