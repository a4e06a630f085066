/** Bodies that the server takes, with as many fields as there are: what the mutations start from. */

const PARAMETERS = {
  Command: {
    CommandLine: 'python main.py',
    PackagePath: 'oss://fuzz/pkg/worker.tar.gz',
    EnvVars: { MODE: 'a', BATCH_COMPUTE_X: 'y' },
  },
  InputMappingConfig: { Locale: 'UTF-8', Lock: false },
  StdoutRedirectPath: 'oss://fuzz/logs/',
  StderrRedirectPath: 'oss://fuzz/logs/',
};

const CONFIGS = {
  Disks: {
    SystemDisk: { Type: 'cloud_efficiency', Size: 40 },
    DataDisk: { Type: 'cloud', Size: 100, MountPoint: '/data' },
  },
  Networks: { VPC: { CidrBlock: '192.168.0.0/16' } },
  Mounts: {
    Entries: [{ Source: 'oss://fuzz/in/', Destination: '/mnt/in', WriteSupport: true }],
    Locale: 'UTF-8',
    Lock: false,
  },
};

const TOPIC = { Name: 't1', Endpoint: 'http://127.0.0.1:9/', Events: ['OnJobFinished', 'OnJobFailed'] };

export const DAG_JOB = {
  Name: 'fuzz',
  Description: 'text',
  Priority: 1,
  Type: 'DAG',
  JobFailOnInstanceFail: true,
  AutoRelease: true,
  Notification: { Topic: TOPIC },
  DAG: {
    Tasks: {
      prepare: {
        InstanceCount: 1,
        MaxRetryCount: 0,
        Timeout: 600,
        ClusterId: '',
        Parameters: PARAMETERS,
        AutoCluster: {
          ImageId: 'img-ubuntu',
          InstanceType: 'bcs.a2.large',
          ResourceType: 'OnDemand',
          SpotStrategy: 'SpotAsPriceGo',
          SpotPriceLimit: 0.5,
          UserData: { a: 'b' },
          Configs: CONFIGS,
        },
        InputMapping: { 'oss://fuzz/in/': '/home/in/' },
        OutputMapping: { '/home/out/': 'oss://fuzz/out/' },
        LogMapping: { '/home/log': 'oss://fuzz/log/' },
        Mounts: { Entries: [{ Source: 'oss://fuzz/ref/', Destination: '/ref/', WriteSupport: false }] },
      },
      work: {
        InstanceCount: 3,
        MaxRetryCount: 2,
        Timeout: 3600,
        Parameters: PARAMETERS,
        AutoCluster: { ImageId: 'img-ubuntu', InstanceType: 'ecs.sn1ne.large' },
      },
    },
    Dependencies: { prepare: ['work'] },
  },
};

export const APP_JOB = {
  Name: 'fuzz-app',
  Type: 'App',
  Priority: 0,
  Description: 'text',
  Notification: { Topic: TOPIC },
  App: {
    AppName: 'fuzzapp',
    Inputs: { scene: 'oss://fuzz/in/scene', frames: '1-10' },
    Outputs: { out: 'oss://fuzz/out/' },
    Logging: { StdoutPath: 'oss://fuzz/logs/', StderrPath: 'oss://fuzz/logs/' },
    Config: { InstanceCount: 2, Timeout: 600, MaxRetryCount: 1, InstanceType: 'bcs.a2.large' },
  },
};

export const APP = {
  Name: 'fuzzapp',
  Description: 'text',
  CommandLine: 'render ${scene} ${frames} ${out}',
  InputParameters: {
    scene: { Type: 'String', Description: '', LocalPath: '/home/in/scene' },
    frames: { Type: 'String', Description: '', Default: '1' },
  },
  OutputParameters: { out: { Type: 'String', LocalPath: '/home/out/' } },
  VM: { ECSImageId: 'img-ubuntu' },
  EnvVars: { A: 'b' },
  Daemonize: false,
  Config: {
    InstanceType: { Default: 'bcs.a2.large', Overwritable: true },
    InstanceCount: { Default: 1, Overwritable: true },
    Timeout: { Default: 86_400, Overwritable: true },
    MaxRetryCount: { Default: 0, Overwritable: true },
  },
};

export const CLUSTER = {
  Name: 'fuzz',
  Description: 'text',
  ImageId: 'img-ubuntu',
  InstanceType: 'bcs.a2.large',
  Groups: { group1: { DesiredVMCount: 0, ResourceType: 'OnDemand', InstanceType: 'bcs.a2.large' } },
  UserData: { a: 'b' },
  EnvVars: { A: 'b' },
  Bootstrap: 'true',
  Configs: CONFIGS,
  Notification: { Topic: { ...TOPIC, Events: ['OnClusterDeleted'] } },
};

export const IMAGE = { Name: 'fuzz', Description: 'text', Platform: 'Linux', EcsImageId: 'm-0123456789' };
export const PRIORITY = { Priority: 10 };
