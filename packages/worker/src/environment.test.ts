import { describe, expect, it } from 'vitest';
import { environment } from './environment.ts';
import { attemptSpec } from './testing/attempt-world.ts';

describe('the environment of a program', () => {
  it('is exactly what the Docker contract lists, and the job’s own', () => {
    const spec = attemptSpec({ env: { cwd: '/x', GREETING: 'a=b c' } });
    expect({ ...environment(spec, 'oss.local:8701') }).toEqual({
      BATCH_COMPUTE_DAG_JOB_ID: 'job-1',
      BATCH_COMPUTE_DAG_TASK_ID: 'render',
      BATCH_COMPUTE_DAG_INSTANCE_ID: '0',
      BATCH_COMPUTE_DAG_INSTANCE_COUNT: '2',
      BATCH_COMPUTE_OSS_HOST: 'oss.local:8701',
      BATCH_COMPUTE_REGION: 'local',
      REBATCH_TASK: '{"attempt":0,"timeoutSeconds":60,"inputs":[],"outputs":[]}',
      USER: 'root',
      HOME: '/root',
      PWD: '/batchcompute/workdir',
      PATH: '/sbin:/usr/sbin:/bin:/usr/bin',
      cwd: '/x',
      GREETING: 'a=b c',
    });
  });

  it('lets the job set PATH and HOME, but not what the service says', () => {
    const env = environment(
      attemptSpec({ env: { PATH: '/usr/local/bin', HOME: '/h', BATCH_COMPUTE_REGION: 'x' } }),
      'h',
    );
    expect(env).toMatchObject({ PATH: '/usr/local/bin', HOME: '/h', BATCH_COMPUTE_REGION: 'local' });
  });

  it('names the machine of the cluster as the worker, in Docker, too', () => {
    for (const contract of ['docker', 'vm'] as const) {
      const env = environment(attemptSpec({ contract, clusterId: 'cls-1', nodeId: 'i-1' }), 'h');
      expect(env).toMatchObject({ BATCH_COMPUTE_CLUSTER_ID: 'cls-1', BATCH_COMPUTE_WORKER_ID: 'i-1' });
    }
  });

  it('keeps the image’s PATH on a VM, and tells cluster and worker', () => {
    const env = environment(attemptSpec({ contract: 'vm', clusterId: 'cls-1' }), 'h');
    expect(env['PATH']).toBeUndefined();
    expect(env).toMatchObject({
      PWD: '/home/admin/workdir',
      BATCH_COMPUTE_CLUSTER_ID: 'cls-1',
      BATCH_COMPUTE_WORKER_ID: 'job-1.render.0.0',
    });
  });
});
