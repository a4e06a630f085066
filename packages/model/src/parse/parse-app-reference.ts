import type { AppConfigOverrides, AppReference } from '../descriptions.ts';
import type { Field } from '../field.ts';
import {
  MAX_APP_ENTRIES,
  MAX_DISK_SIZE,
  MAX_INSTANCE_COUNT,
  MAX_PROCESS_TEXT,
  MAX_RETRY_COUNT,
  MAX_TEXT,
} from '../limits.ts';
import { APP_KEY, APP_REFERENCE, checkName } from '../names.ts';
import { ossUrlProblem } from '../oss-url.ts';
import { record } from '../record.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { readLogPrefix, readTimeout } from './parse-task.ts';
import { RESOURCE_TYPES } from './read-capacity.ts';
import { readCredentials } from './read-credentials.ts';

/** The App part of an App job (spec/batchcompute-api.md §8.1). What the App itself allows is checked by `expandApp`. */
export function parseAppReference(field: Field): AppReference {
  const logging = field.at('Logging');
  return withoutUndefined({
    AppName: field.at('AppName').requiredText(APP_REFERENCE),
    Inputs: readInputs(field.at('Inputs')),
    Outputs: readOutputs(field.at('Outputs')),
    Logging: withoutUndefined({
      StdoutPath: readLogPrefix(logging.at('StdoutPath')),
      StderrPath: readLogPrefix(logging.at('StderrPath')),
    }),
    Config: readOverrides(field.at('Config')),
    AppTraceId: field.at('AppTraceId').text({ max: MAX_TEXT }),
    CredentialConfig: readCredentials(field.at('CredentialConfig')),
  });
}

/** Values become part of a command line, so they stay on one line. */
function readInputs(field: Field): Record<string, string | number> {
  return record(
    field.entries(MAX_APP_ENTRIES).flatMap(([name, value]): [string, string | number][] => {
      checkName(field, name, APP_KEY);
      const scalar = value.scalar(MAX_PROCESS_TEXT);
      if (scalar === undefined) return [];
      if (/[\0\r\n]/.test(String(scalar))) {
        throw value.invalid('It must not contain line breaks or NUL characters.');
      }
      return [[name, scalar]];
    }),
  );
}

function readOutputs(field: Field): Record<string, string> {
  return record(
    field.entries(MAX_APP_ENTRIES).flatMap(([name, value]): [string, string][] => {
      checkName(field, name, APP_KEY);
      const url = value.text({ max: Number.POSITIVE_INFINITY });
      if (url === undefined) return [];
      const problem = ossUrlProblem(url);
      if (problem !== undefined) throw value.invalid(problem);
      return [[name, url]];
    }),
  );
}

function readOverrides(field: Field): AppConfigOverrides {
  return withoutUndefined({
    ResourceType: field.at('ResourceType').choice(RESOURCE_TYPES),
    InstanceType: field.at('InstanceType').text({ max: MAX_TEXT }),
    InstanceCount: field.at('InstanceCount').integer(1, MAX_INSTANCE_COUNT),
    MinDiskSize: field.at('MinDiskSize').integer(0, MAX_DISK_SIZE),
    DiskType: field.at('DiskType').text({ max: MAX_TEXT }),
    MinDataDiskSize: field.at('MinDataDiskSize').integer(0, MAX_DISK_SIZE),
    DataDiskType: field.at('DataDiskType').text({ max: MAX_TEXT }),
    DataDiskMountPoint: field.at('DataDiskMountPoint').text({ max: MAX_TEXT }),
    MaxRetryCount: field.at('MaxRetryCount').integer(0, MAX_RETRY_COUNT),
    Timeout: readTimeout(field.at('Timeout')),
    ReserveOnFail: field.at('ReserveOnFail').flag(),
    ClusterId: field.at('ClusterId').text({ max: MAX_TEXT }),
    ClassicNetwork: field.at('ClassicNetwork').flag(),
  });
}
