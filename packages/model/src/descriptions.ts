/**
 * The descriptions that clients submit, after normalisation: every default filled, every "empty" turned into absent.
 * Key names are those of the wire (spec/batchcompute-api.md §7–§9), so that one thing has one name everywhere.
 */

/** POST /jobs, both types (spec §7, §8.1). */
export type JobDescription = DagJobDescription | AppJobDescription;

interface JobCommon {
  Name: string;
  Description: string;
  /** [0, 1000], larger first. */
  Priority: number;
  JobFailOnInstanceFail: boolean;
  AutoRelease: boolean;
  Notification?: Notification;
}

export interface DagJobDescription extends JobCommon {
  Type: 'DAG';
  DAG: Dag;
}

export interface AppJobDescription extends JobCommon {
  Type: 'App';
  App: AppReference;
}

export interface Dag {
  Tasks: Record<string, TaskDescription>;
  /** predecessor → its successors (spec §7). */
  Dependencies: Record<string, string[]>;
}

export interface TaskDescription {
  Parameters: TaskParameters;
  InstanceCount: number;
  /** Seconds one attempt may run. */
  Timeout: number;
  MaxRetryCount: number;
  ClusterId?: string;
  AutoCluster?: AutoCluster;
  /** oss:// or nas:// URL → local path. */
  InputMapping: Record<string, string>;
  /** local path → oss:// URL. */
  OutputMapping: Record<string, string>;
  LogMapping: Record<string, string>;
  WriteSupport: boolean;
  Mounts?: Mounts;
  CredentialConfig?: CredentialConfig;
}

export interface TaskParameters {
  Command: Command;
  InputMappingConfig: { Locale: string; Lock: boolean };
  /** OSS prefix; absent when the client gave none. */
  StdoutRedirectPath?: string;
  StderrRedirectPath?: string;
}

export interface Command {
  CommandLine: string;
  /** OSS URL of a tar.gz or of one executable file (spec §11.1). */
  PackagePath?: string;
  EnvVars: Record<string, string>;
  Docker?: DockerReference;
}

export interface DockerReference {
  Image: string;
  RegistryOSSPath?: string;
  RunMode?: string;
}

export interface AutoCluster {
  ImageId?: string;
  ECSImageId?: string;
  InstanceType?: string;
  ResourceType: 'OnDemand' | 'Spot' | 'PrePaid';
  SpotStrategy?: 'SpotWithPriceLimit' | 'SpotAsPriceGo';
  SpotPriceLimit?: number;
  ClusterId?: string;
  Configs?: Configs;
  UserData: Record<string, string>;
  ReserveOnFail: boolean;
  DependencyIsvService?: string;
}

export interface Configs {
  Disks?: Disks;
  Mounts?: Mounts;
  Networks?: Networks;
}

export interface Disks {
  SystemDisk?: { Type: string; Size: number };
  DataDisk?: { Type: string; Size: number; MountPoint: string };
}

export interface Networks {
  VPC?: Record<string, string>;
  Classic?: Record<string, string[]>;
}

/** spec §12.3. */
export interface Mounts {
  Entries: MountEntry[];
  Locale: string;
  Lock: boolean;
  CacheSupport: boolean;
  /** Bytes. */
  CacheBlockSize: number;
  /** Bytes. */
  CacheTotalSize: number;
  NAS?: { AccessGroup: string[]; FileSystem: string[] };
  OSS?: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string };
}

export interface MountEntry {
  Source: string;
  Destination: string;
  WriteSupport: boolean;
}

export interface CredentialConfig {
  ServiceRole?: string;
  Chain?: { Role: string; UserId: number }[];
}

export interface Notification {
  Topic: {
    Name: string;
    Endpoint: string;
    Events: string[];
    UserData?: string;
    UserTemplate?: string;
  };
}

/** The App part of an App job (spec §8.1). */
export interface AppReference {
  AppName: string;
  Inputs: Record<string, string | number>;
  Outputs: Record<string, string>;
  Logging: { StdoutPath?: string; StderrPath?: string };
  Config: AppConfigOverrides;
  AppTraceId?: string;
  CredentialConfig?: CredentialConfig;
}

export interface AppConfigOverrides {
  ResourceType?: string;
  InstanceType?: string;
  InstanceCount?: number;
  MinDiskSize?: number;
  DiskType?: string;
  MinDataDiskSize?: number;
  DataDiskType?: string;
  DataDiskMountPoint?: string;
  MaxRetryCount?: number;
  Timeout?: number;
  ReserveOnFail?: boolean;
  ClusterId?: string;
  ClassicNetwork?: boolean;
}

/** POST /apps (spec §8.4). */
export interface AppDescription {
  Name: string;
  Description: string;
  InputParameters: Record<string, AppInputParameter>;
  OutputParameters: Record<string, AppOutputParameter>;
  Docker?: DockerReference;
  VM?: { ECSImageId: string };
  CommandLine: string;
  EnvVars: Record<string, string>;
  Daemonize: boolean;
  Config: AppConfig;
}

export interface AppInputParameter {
  Description: string;
  Type: 'String' | 'Number';
  Default: string | number | null;
  LocalPath: string;
  /** The seed's 允许覆盖; true unless the App says otherwise. */
  Overwritable: boolean;
}

export interface AppOutputParameter {
  Description: string;
  Type: 'String' | 'Number';
  LocalPath: string;
}

export interface AppConfigEntry<T> {
  Description: string;
  Default: T;
  Overwritable: boolean;
}

export interface AppConfig {
  ResourceType: AppConfigEntry<string>;
  InstanceType: AppConfigEntry<string>;
  InstanceCount: AppConfigEntry<number>;
  MinDiskSize: AppConfigEntry<number>;
  DiskType: AppConfigEntry<string>;
  MinDataDiskSize: AppConfigEntry<number>;
  DataDiskType: AppConfigEntry<string>;
  DataDiskMountPoint: AppConfigEntry<string>;
  MaxRetryCount: AppConfigEntry<number>;
  Timeout: AppConfigEntry<number>;
  ReserveOnFail: AppConfigEntry<boolean>;
  ClusterId: AppConfigEntry<string>;
  ClassicNetwork: AppConfigEntry<boolean>;
}

/** POST /clusters (spec §9.1). */
export interface ClusterDescription {
  Name: string;
  Description: string;
  ImageId: string;
  InstanceType?: string;
  Groups: Record<string, GroupDescription>;
  UserData: Record<string, string>;
  EnvVars: Record<string, string>;
  Bootstrap: string;
  Configs?: Configs;
  Notification?: Notification;
  ScheduleType?: string;
  PasswordInherit?: boolean;
  DependencyIsvService?: string;
}

export interface GroupDescription {
  DesiredVMCount: number;
  InstanceType?: string;
  ResourceType: 'OnDemand' | 'Spot' | 'PrePaid';
  SpotStrategy?: 'SpotWithPriceLimit' | 'SpotAsPriceGo';
  SpotPriceLimit?: number;
  ImageId?: string;
  HostnamePrefix?: string;
  Mode?: string;
}
