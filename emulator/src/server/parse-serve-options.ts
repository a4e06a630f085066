import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MOUNT_MODES } from '@rebatch/mount';
import { parseSimulation, type Simulation } from '../executor/simulated/parse-simulation.ts';
import { parseNasFolder } from './parse-nas-folder.ts';
import { parseS3Options } from './parse-s3-options.ts';
import { LOG_FORMATS, LOG_LEVELS, type ServeOptions } from './serve-options.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the command line and the environment of `rebatch serve`.
 *
 * @returns 'help' when asked for
 * @throws UsageError
 */
export function parseServeOptions(argv: string[], env: Environment): ServeOptions | 'help' {
  const values = parseFlags(argv);
  if (values.help) return 'help';
  requireAvailable('objects', values.objects, ['file', 's3'], []);
  requireAvailable('executor', values.executor, ['docker', 'simulated'], ['kubernetes']);
  const accessKey = parseAccessKey(env);
  return {
    dataFolder: resolve(values.data ?? (env['REBATCH_DATA'] || join(homedir(), '.rebatch'))),
    host: values.host,
    apiPort: parseCount('--api-port', values['api-port'], 0, 65_535),
    ossPort: parseCount('--oss-port', values['oss-port'], 0, 65_535),
    executor: values.executor === 'simulated' ? 'simulated' : 'docker',
    region: parseRegion(values.region),
    ...(values.slots === undefined ? {} : { slots: parseCount('--slots', values.slots, 1, 100_000) }),
    mounts: oneOf('--mounts', values.mounts, MOUNT_MODES),
    taskKeys: oneOf('--task-keys', values['task-keys'], ['on', 'off']) === 'on',
    nas: (values.nas ?? []).map(parseNasFolder),
    strictSizes: values['strict-sizes'],
    maxProcesses: parseCount('--max-processes', values['max-processes'], 16, 1_000_000),
    ...(values['registry-auth'] === undefined ? {} : { registryAuthFile: resolve(values['registry-auth']) }),
    keepFailed: {
      count: parseCount('--keep-failed', values['keep-failed'], 0, 1000),
      hours: parseCount('--keep-failed-hours', values['keep-failed-hours'], 1, 8760),
    },
    ...(values['vendor-hosts'] ? { vendorPorts: { http: 80, https: 443 } } : {}),
    ...(accessKey === undefined ? {} : { accessKey }),
    ...(values['callback-host'] === undefined ? {} : { callbackHosts: values['callback-host'] }),
    ...(values.objects === 's3' ? { s3: parseS3Options(env) } : {}),
    simulation: readSimulation(env['REBATCH_SIMULATE'] ?? ''),
    logLevel: oneOf('REBATCH_LOG', env['REBATCH_LOG'] || 'info', LOG_LEVELS),
    logFormat: oneOf('REBATCH_LOG_FORMAT', env['REBATCH_LOG_FORMAT'] || 'text', LOG_FORMATS),
    keepJobs: parseCount('--keep-jobs', values['keep-jobs'], 0, 100_000_000),
    keepDays: parseCount('--keep-days', values['keep-days'], 1, 36_500),
  };
}

function parseFlags(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        data: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        'api-port': { type: 'string', default: '8700' },
        'oss-port': { type: 'string', default: '8701' },
        executor: { type: 'string', default: 'docker' },
        objects: { type: 'string', default: 'file' },
        region: { type: 'string', default: 'local' },
        slots: { type: 'string' },
        'keep-jobs': { type: 'string', default: '100000' },
        'keep-days': { type: 'string', default: '365' },
        mounts: { type: 'string', default: 'auto' },
        'task-keys': { type: 'string', default: 'on' },
        nas: { type: 'string', multiple: true },
        'max-processes': { type: 'string', default: '4096' },
        'registry-auth': { type: 'string' },
        'keep-failed': { type: 'string', default: '8' },
        'keep-failed-hours': { type: 'string', default: '24' },
        'strict-sizes': { type: 'boolean', default: false },
        'callback-host': { type: 'string', multiple: true },
        'vendor-hosts': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw asUsageError(error);
  }
}

function requireAvailable(option: string, value: string, available: string[], planned: string[]): void {
  if (available.includes(value)) return;
  const choice = available.join(' or ');
  throw new UsageError(
    planned.includes(value)
      ? `--${option} ${value} is not available in this version; use ${choice}`
      : `--${option} must be ${choice}, not ${JSON.stringify(value)}`,
  );
}

function parseCount(option: string, text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`${option} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
}

/** Part of host names and of environment variables of tasks. */
function parseRegion(text: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new UsageError(`--region must be letters, digits and hyphens, not ${JSON.stringify(text)}`);
}

function parseAccessKey(env: Environment): { id: string; secret: string } | undefined {
  const id = env['REBATCH_ACCESS_KEY_ID'] ?? '';
  const secret = env['REBATCH_ACCESS_KEY_SECRET'] ?? '';
  if (id === '' && secret === '') return undefined;
  if (id === '' || secret === '') {
    throw new UsageError('REBATCH_ACCESS_KEY_ID and REBATCH_ACCESS_KEY_SECRET must be set together');
  }
  if (!/^[\w.-]{1,128}$/.test(id)) {
    throw new UsageError(
      'REBATCH_ACCESS_KEY_ID must be 1 to 128 letters, digits, dots, hyphens and underscores',
    );
  }
  return { id, secret };
}

function readSimulation(text: string): Simulation {
  try {
    return parseSimulation(text);
  } catch (error) {
    throw asUsageError(error);
  }
}

function asUsageError(error: unknown): UsageError {
  return new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
}

function oneOf<T extends string>(variable: string, text: string, choice: readonly T[]): T {
  const value = choice.find((known) => known === text);
  if (value !== undefined) return value;
  throw new UsageError(`${variable} must be one of ${choice.join(', ')}, not ${JSON.stringify(text)}`);
}
