import type { AppConfig, AppConfigEntry } from '../descriptions.ts';
import type { Field } from '../field.ts';
import {
  MAX_APP_DESCRIPTION,
  MAX_DISK_SIZE,
  MAX_INSTANCE_COUNT,
  MAX_RETRY_COUNT,
  MAX_TEXT,
} from '../limits.ts';
import { DEFAULT_TIMEOUT, readTimeout } from './parse-task.ts';
import { RESOURCE_TYPES } from './read-capacity.ts';

/** An App's Config, each key `{Description, Default, Overwritable}`, with PySDK's defaults (spec/batchcompute-api.md §8.4). */
export function readAppConfig(field: Field): AppConfig {
  return {
    ResourceType: entry(field.at('ResourceType'), 'OnDemand', (it) => it.choice(RESOURCE_TYPES)),
    InstanceType: entry(field.at('InstanceType'), '', shortText),
    InstanceCount: entry(field.at('InstanceCount'), 1, (it) => it.integer(1, MAX_INSTANCE_COUNT)),
    MinDiskSize: entry(field.at('MinDiskSize'), 40, diskSize),
    DiskType: entry(field.at('DiskType'), 'cloud_efficiency', shortText),
    MinDataDiskSize: entry(field.at('MinDataDiskSize'), 0, diskSize),
    DataDiskType: entry(field.at('DataDiskType'), 'cloud_efficiency', shortText),
    DataDiskMountPoint: entry(field.at('DataDiskMountPoint'), '', shortText),
    MaxRetryCount: entry(field.at('MaxRetryCount'), 0, (it) => it.integer(0, MAX_RETRY_COUNT)),
    Timeout: entry(field.at('Timeout'), DEFAULT_TIMEOUT, readTimeout),
    ReserveOnFail: entry(field.at('ReserveOnFail'), false, (it) => it.flag()),
    ClusterId: entry(field.at('ClusterId'), '', shortText),
    ClassicNetwork: entry(field.at('ClassicNetwork'), false, (it) => it.flag()),
  };
}

function entry<T>(field: Field, fallback: T, read: (value: Field) => T | undefined): AppConfigEntry<T> {
  return {
    Description: field.at('Description').text({ max: MAX_APP_DESCRIPTION }) ?? '',
    Default: read(field.at('Default')) ?? fallback,
    Overwritable: field.at('Overwritable').flag() ?? true,
  };
}

function shortText(field: Field): string | undefined {
  return field.text({ max: MAX_TEXT });
}

/** GB. */
function diskSize(field: Field): number | undefined {
  return field.integer(0, MAX_DISK_SIZE);
}
