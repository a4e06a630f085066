import type { Command, TaskDescription, TaskParameters } from '../descriptions.ts';
import type { Field } from '../field.ts';
import {
  MAX_INSTANCE_COUNT,
  MAX_PROCESS_TEXT,
  MAX_RETRY_COUNT,
  MAX_TEXT,
  MAX_TIMEOUT,
  MAX_VARIABLES,
} from '../limits.ts';
import { asRemoteFolder } from '../mapping.ts';
import { VARIABLE_NAME } from '../names.ts';
import { ossUrlProblem } from '../oss-url.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { readAutoCluster } from './read-auto-cluster.ts';
import { readCredentials } from './read-credentials.ts';
import { readDocker } from './read-docker.ts';
import { readInputMapping, readLogMapping, readOutputMapping } from './read-mapping.ts';
import { readMounts } from './read-mounts.ts';

/** Seconds, when a task names none (spec/batchcompute-api.md §20.2). */
export const DEFAULT_TIMEOUT = 86_400;

const COMMAND_LINE = {
  max: MAX_PROCESS_TEXT,
  pattern: { matches: /^[^\0]*$/, why: 'It must not contain NUL characters.' },
};

/** One TaskDescription of spec §7. */
export function parseTask(field: Field): TaskDescription {
  return withoutUndefined({
    Parameters: readParameters(field.at('Parameters')),
    InstanceCount: field.at('InstanceCount').integer(1, MAX_INSTANCE_COUNT) ?? 1,
    Timeout: readTimeout(field.at('Timeout')) ?? DEFAULT_TIMEOUT,
    MaxRetryCount: field.at('MaxRetryCount').integer(0, MAX_RETRY_COUNT) ?? 0,
    ...readCapacity(field),
    InputMapping: readInputMapping(field.at('InputMapping')),
    OutputMapping: readOutputMapping(field.at('OutputMapping')),
    LogMapping: readLogMapping(field.at('LogMapping')),
    WriteSupport: field.at('WriteSupport').flag() ?? false,
    Mounts: readMounts(field.at('Mounts')),
    CredentialConfig: readCredentials(field.at('CredentialConfig')),
  });
}

/** Seconds; 0 is JavaSDK's "unset" (spec §7). */
export function readTimeout(field: Field): number | undefined {
  const seconds = field.integer(0, MAX_TIMEOUT);
  return seconds === 0 ? undefined : seconds;
}

/** A fixed cluster wins over machines of the task's own; without either the server's defaults serve (spec §7). */
function readCapacity(field: Field): Pick<TaskDescription, 'ClusterId' | 'AutoCluster'> {
  const clusterId = field.at('ClusterId').text({ max: MAX_TEXT });
  return clusterId === undefined
    ? { AutoCluster: readAutoCluster(field.at('AutoCluster')) }
    : { ClusterId: clusterId };
}

function readParameters(field: Field): TaskParameters {
  const inputConfig = field.at('InputMappingConfig');
  return withoutUndefined({
    Command: readCommand(field.at('Command')),
    InputMappingConfig: {
      Locale: inputConfig.at('Locale').text({ max: MAX_TEXT }) ?? 'GBK',
      Lock: inputConfig.at('Lock').flag() ?? false,
    },
    StdoutRedirectPath: readLogPrefix(field.at('StdoutRedirectPath')),
    StderrRedirectPath: readLogPrefix(field.at('StderrRedirectPath')),
  });
}

function readCommand(field: Field): Command {
  return withoutUndefined({
    CommandLine: field.at('CommandLine').requiredText(COMMAND_LINE),
    PackagePath: readPackagePath(field.at('PackagePath')),
    EnvVars: field
      .at('EnvVars')
      .texts({ maxCount: MAX_VARIABLES, maxLength: MAX_PROCESS_TEXT, key: VARIABLE_NAME }),
    Docker: readDocker(field.at('Docker')),
  });
}

function readPackagePath(field: Field): string | undefined {
  const url = field.text({ max: Number.POSITIVE_INFINITY });
  if (url === undefined) return undefined;
  const problem = ossUrlProblem(url);
  if (problem !== undefined) throw field.invalid(problem);
  if (url.endsWith('/') || !/^oss:\/\/[^/]+\/./.test(url)) throw field.invalid('It must name one object.');
  return url;
}

/** A log prefix in its one form, with `/` at the end, as clients send it (spec §14). */
export function readLogPrefix(field: Field): string | undefined {
  const url = field.text({ max: Number.POSITIVE_INFINITY });
  if (url === undefined) return undefined;
  const problem = ossUrlProblem(url);
  if (problem !== undefined) throw field.invalid(problem);
  return asRemoteFolder(url);
}
