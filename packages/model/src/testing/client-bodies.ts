/**
 * Bodies of POST /jobs as real clients send them (spec/batchcompute-api.md §7, spec/clients.md §2–§8). PySDK's and the Node
 * SDK's were caught from the clients; the others follow the field tables.
 */

const LOGS = { StdoutRedirectPath: 'oss://demo/logs/', StderrRedirectPath: 'oss://demo/logs/' };

/** Python SDK 2.1.7, after its program has also read Mounts, Networks and Topic, which inserts empty objects. */
export const PYTHON_SDK_JOB = {
  Description: 'Batchcompute Python SDK',
  JobFailOnInstanceFail: true,
  AutoRelease: false,
  Type: 'DAG',
  Name: 'py-job',
  Priority: 1,
  DAG: {
    Tasks: {
      count: {
        Parameters: {
          Command: {
            EnvVars: {},
            Docker: { Image: '' },
            CommandLine: 'python main.py',
            PackagePath: 'oss://demo/pkg/worker.tar.gz',
          },
          InputMappingConfig: { Locale: 'GBK', Lock: false },
          ...LOGS,
        },
        InstanceCount: 1,
        InputMapping: { 'oss://demo/in/': '/home/in/' },
        OutputMapping: {},
        LogMapping: {},
        Timeout: 3600,
        MaxRetryCount: 0,
        AutoCluster: {
          InstanceType: 'ecs.sn1ne.large',
          ECSImageId: '',
          UserData: {},
          ReserveOnFail: false,
          DependencyIsvService: '',
          ImageId: 'img-ubuntu',
          Configs: {
            Networks: { VPC: { CidrBlock: '192.168.0.0/16' }, Classic: {} },
            Disks: {},
            Mounts: { Entries: [] },
          },
        },
        Mounts: { NAS: {}, OSS: {} },
      },
    },
    Dependencies: {},
  },
  Notification: { Topic: { Name: '', Endpoint: '', Events: [], UserData: '', UserTemplate: '' } },
};

/** Java SDK: everything equal to its class default is left out; TaskName is repeated inside. */
export const JAVA_SDK_JOB = {
  Name: 'java-job',
  Type: 'DAG',
  DAG: {
    Tasks: {
      work: {
        TaskName: 'work',
        ClusterId: 'cls-6kilcg94rdtk004d',
        Parameters: { Command: { CommandLine: 'ping -n 3 127.0.0.1' }, ...LOGS },
      },
    },
  },
};

/** `bcs sub`: both ClusterId and AutoCluster are there, one of them empty; a single task named `task`. */
export const COMMAND_LINE_JOB = {
  Name: 'cli-job',
  Description: 'BatchCompute cli job',
  Type: 'DAG',
  Priority: 1,
  JobFailOnInstanceFail: true,
  AutoRelease: false,
  Notification: { Topic: {} },
  DAG: {
    Tasks: {
      task: {
        InstanceCount: 2,
        MaxRetryCount: 0,
        Timeout: 86_400,
        ClusterId: '',
        AutoCluster: {
          ImageId: 'img-ubuntu',
          InstanceType: 'bcs.a2.large',
          ResourceType: 'OnDemand',
          Configs: { Disks: { SystemDisk: { Type: '', Size: 40 }, DataDisk: {} } },
        },
        WriteSupport: true,
        Mounts: {},
        InputMapping: { 'oss://demo/data/': '/home/data/' },
        OutputMapping: { '/home/data/': 'oss://demo/data/' },
        LogMapping: { '/var/log/x.log': 'oss://demo/logs/' },
        Parameters: {
          Command: {
            CommandLine: 'echo hello',
            PackagePath: '',
            EnvVars: {
              BATCH_COMPUTE_DOCKER_IMAGE: 'localhost:5000/name',
              BATCH_COMPUTE_DOCKER_REGISTRY_OSS_PATH: 'oss://demo/dockers/',
            },
          },
          InputMappingConfig: { Lock: false, Locale: 'UTF-8' },
          ...LOGS,
        },
      },
    },
    Dependencies: {},
  },
};

/** Node SDK: its schema wants Networks under Mounts. */
export const NODE_SDK_JOB = {
  Name: 'n',
  Description: '',
  Priority: 1,
  JobFailOnInstanceFail: true,
  Type: 'DAG',
  DAG: {
    Tasks: {
      t: {
        InstanceCount: 1,
        Timeout: 100,
        MaxRetryCount: 0,
        ClusterId: '',
        Parameters: {
          Command: {
            CommandLine: 'python a.py',
            PackagePath: 'oss://demo/p.tar.gz',
            EnvVars: { A: 'b' },
          },
          ...LOGS,
          InputMappingConfig: { Locale: 'GBK', Lock: false },
        },
        InputMapping: { 'oss://demo/i/': '/home/i/' },
        AutoCluster: {
          ImageId: 'img-ubuntu',
          InstanceType: 'bcs.a2.large',
          ResourceType: 'OnDemand',
          Configs: { Mounts: { Entries: [], Networks: { VPC: { CidrBlock: '10.0.0.0/12' } } } },
        },
      },
    },
    Dependencies: { t: [] },
  },
};

/** The Nextflow prototype names neither a cluster nor an image. */
export const NEXTFLOW_JOB = {
  Name: 'nf-hello',
  Type: 'DAG',
  Priority: 0,
  DAG: {
    Tasks: {
      hello: {
        Parameters: { Command: { CommandLine: 'bash .command.run' } },
        InputMapping: { 'oss://demo/work/': '/home/work/' },
        OutputMapping: { '/home/work/': 'oss://demo/work/' },
      },
    },
  },
};

/** Cromwell 80: a plain script as package, one mount per input file, a writable mount of the workflow's folder. */
export const CROMWELL_JOB = {
  Name: 'cromwell_0a1b2c3d_hello',
  Description: '0a1b2c3d:hello:NA:1',
  Type: 'DAG',
  DAG: {
    Tasks: {
      cromwell: {
        TaskName: 'cromwell',
        InstanceCount: 1,
        AutoCluster: {
          ImageId: 'img-ubuntu-vpc',
          InstanceType: 'ecs.sn1ne.large',
          ResourceType: 'Spot',
          SpotStrategy: 'SpotWithPriceLimit',
          SpotPriceLimit: 0.1 * 3,
        },
        Mounts: {
          Entries: [
            { Source: 'oss://demo/wf/call-hello/script', Destination: '/cromwell_inputs/8c0a/script' },
            { Source: 'oss://demo/wf/', Destination: '/cromwell_inputs/demo/wf/', WriteSupport: true },
          ],
        },
        OutputMapping: { '/cromwell_root/demo/wf/call-hello/rc': 'oss://demo/wf/call-hello/rc' },
        Parameters: {
          Command: {
            CommandLine: './worker',
            PackagePath: 'oss://demo/wf/call-hello/worker',
            EnvVars: { cwd: '/cromwell_root/demo/wf', exec: '/cromwell_inputs/8c0a/script' },
            Docker: { Image: 'registry.cn-hangzhou.aliyuncs.com/demo/tool:1' },
          },
          StdoutRedirectPath: 'oss://demo/wf/call-hello/bcs-stdout/',
          StderrRedirectPath: 'oss://demo/wf/call-hello/bcs-stderr/',
        },
      },
    },
  },
};

/** The seed's 3ds Max program: a drive as local side, backslashes doubled once too often, an unknown key in Configs. */
export const MAX_3DS_JOB = {
  Name: 'testBatch',
  Description: 'test 3dMAX job',
  Priority: 1,
  JobFailOnInstanceFail: false,
  AutoRelease: false,
  Type: 'DAG',
  DAG: {
    Tasks: {
      render: {
        Parameters: {
          Command: {
            EnvVars: {},
            Docker: { Image: '' },
            PackagePath: 'oss://demo/work/work.py',
            CommandLine: 'python work.py -i D: -o C:\\\\tmp\\\\ -s a.max -f 1-4 -t test.jpg',
          },
          InputMappingConfig: { Locale: 'GBK', Lock: true },
          ...LOGS,
        },
        InstanceCount: 2,
        InputMapping: { 'oss://demo/max/': 'D:' },
        OutputMapping: { 'C:\\\\tmp\\\\\\2024_01_01\\\\': 'oss://demo/out/ret/' },
        Timeout: 86_400,
        MaxRetryCount: 3,
        AutoCluster: {
          ECSImageId: 'm-bp1abc',
          InstanceType: 'ecs.sn1ne.large',
          Configs: { InstanceCount: 2, Networks: { VPC: { CidrBlock: '192.168.0.0/16' } } },
        },
      },
    },
  },
};

export const CLIENT_JOBS: Readonly<Record<string, object>> = {
  'Python SDK': PYTHON_SDK_JOB,
  'Java SDK': JAVA_SDK_JOB,
  'command line': COMMAND_LINE_JOB,
  'Node SDK': NODE_SDK_JOB,
  'Nextflow prototype': NEXTFLOW_JOB,
  Cromwell: CROMWELL_JOB,
  '3ds Max program of the seed': MAX_3DS_JOB,
};
