import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseServeOptions } from './parse-serve-options.ts';
import { UsageError } from './usage-error.ts';

describe('The command line of serve', () => {
  it('has a default for everything', () => {
    expect(parseServeOptions([], {})).toEqual({
      dataFolder: join(homedir(), '.rebatch'),
      host: '127.0.0.1',
      apiPort: 8700,
      ossPort: 8701,
      executor: 'docker',
      region: 'local',
      mounts: 'auto',
      nas: [],
      taskKeys: true,
      strictSizes: false,
      maxProcesses: 4096,
      keepFailed: { count: 8, hours: 24 },
      simulation: {
        duration: { min: 5, max: 5 },
        boot: { min: 0, max: 0 },
        fail: 0,
        lost: 0,
        keep: false,
        seed: 1,
      },
      logLevel: 'info',
      logFormat: 'text',
      keepJobs: 100_000,
      keepDays: 365,
    });
  });

  it('takes every option of the stable surface', () => {
    const argv =
      '--data /d --host 0.0.0.0 --api-port 0 --oss-port 9 --executor simulated --objects file --region cn-x --slots 3 --vendor-hosts --strict-sizes --max-processes 99 --registry-auth /r --keep-failed 2 --keep-failed-hours 3 --task-keys off --mounts stage-in --keep-jobs 10 --keep-days 2';
    const env = {
      REBATCH_ACCESS_KEY_ID: 'AK',
      REBATCH_ACCESS_KEY_SECRET: 'SK',
      REBATCH_SIMULATE: 'duration=7ms,fail=0.5',
      REBATCH_LOG: 'debug',
      REBATCH_LOG_FORMAT: 'json',
    };
    expect(parseServeOptions(argv.split(' '), env)).toEqual({
      dataFolder: '/d',
      host: '0.0.0.0',
      apiPort: 0,
      ossPort: 9,
      executor: 'simulated',
      region: 'cn-x',
      slots: 3,
      mounts: 'stage-in',
      nas: [],
      taskKeys: false,
      strictSizes: true,
      maxProcesses: 99,
      registryAuthFile: '/r',
      keepFailed: { count: 2, hours: 3 },
      vendorPorts: { http: 80, https: 443 },
      accessKey: { id: 'AK', secret: 'SK' },
      simulation: {
        duration: { min: 7, max: 7 },
        boot: { min: 0, max: 0 },
        fail: 0.5,
        lost: 0,
        keep: false,
        seed: 1,
      },
      logLevel: 'debug',
      logFormat: 'json',
      keepJobs: 10,
      keepDays: 2,
    });
  });

  it('finds the data folder in the environment', () => {
    expect(parseServeOptions([], { REBATCH_DATA: '/e' })).toMatchObject({ dataFolder: '/e' });
  });

  it('names the hosts that may be called back', () => {
    const argv = ['--callback-host', 'hooks.example', '--callback-host', '10.0.0.*:8080'];
    expect(parseServeOptions(argv, {})).toMatchObject({ callbackHosts: ['hooks.example', '10.0.0.*:8080'] });
  });

  it('can ask for help', () => {
    expect(parseServeOptions(['--help'], {})).toBe('help');
  });

  it.each([
    [['--colour'], {}, /colour/],
    [['extra'], {}, /extra/],
    [['--api-port', '70000'], {}, /--api-port must be a whole number from 0 to 65535/],
    [['--oss-port', 'x'], {}, /--oss-port/],
    [['--slots', '0'], {}, /--slots/],
    [['--mounts', 'nfs'], {}, /--mounts must be one of auto, fuse, stage-in, not "nfs"/],
    [['--keep-days', '0'], {}, /--keep-days/],
    [['--region', 'a/b'], {}, /--region/],
    [
      ['--executor', 'kubernetes'],
      {},
      /kubernetes is not available in this version; use docker or simulated/,
    ],
    [['--executor', 'podman'], {}, /--executor must be docker or simulated, not "podman"/],
    [['--objects', 's3'], {}, /--objects s3 needs REBATCH_S3_ENDPOINT/],
    [['--objects', 'ftp'], {}, /--objects must be file or s3, not "ftp"/],
    [[], { REBATCH_ACCESS_KEY_ID: 'AK' }, /must be set together/],
    [[], { REBATCH_ACCESS_KEY_ID: 'A K', REBATCH_ACCESS_KEY_SECRET: 's' }, /REBATCH_ACCESS_KEY_ID must be/],
    [[], { REBATCH_SIMULATE: 'fast' }, /REBATCH_SIMULATE: "fast" cannot be read/],
    [[], { REBATCH_LOG: 'loud' }, /REBATCH_LOG must be one of error, warn, info, debug/],
  ])('%j with %j is wrong usage', (argv, env, message) => {
    expect(() => parseServeOptions(argv, env)).toThrow(UsageError);
    expect(() => parseServeOptions(argv, env)).toThrow(message);
  });
});
