import * as fc from 'fast-check';

/**
 * Bodies that the parsers accept, in all the ways in which clients leave things out: absent, null, "", {}, []. Texts that
 * become keys or lines of a program come from small alphabets, so that collisions and odd characters both happen.
 */

/** Leaves any of the fields out, or gives it in one of the forms of "not given". */
function lenient<T>(
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
  empty: fc.Arbitrary<unknown> = nothing,
): fc.Arbitrary<object> {
  const loose = Object.fromEntries(
    Object.entries<fc.Arbitrary<unknown>>(fields).map(([key, value]) => [
      key,
      fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: empty }),
    ]),
  );
  return fc.record(loose, { requiredKeys: [] });
}

const nothing = fc.constantFrom<unknown[]>(null, '', {}, []);
const text = fc.string({ maxLength: 20 }).map((it) => it.replaceAll(/\p{Cc}/gu, '_'));
const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,8}$/);
const word = fc.stringMatching(/^[a-z0-9]{1,6}$/);
const segments = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const slash = fc.constantFrom('', '/');
const localPath = fc.oneof(
  fc.tuple(segments, slash).map(([path, end]) => `/${path}${end}`),
  fc.constantFrom('D:', 'e:', 'C:\\\\tmp\\\\', 'C:\\out\\a.jpg', 'c:/dir/run.bat'),
);
const ossUrl = fc.tuple(segments, slash).map(([key, end]) => `oss://demo-bucket/${key}${end}`);
const inputUrl = fc.oneof(
  ossUrl,
  fc.constantFrom('oss://demo-bucket', 'nas://1.nas.test:/data/', 'nas://1.nas.test:/d/!'),
);
const folderUrl = fc.oneof(ossUrl, fc.constant('oss://demo-bucket'));

/** One pair at most per map where two could claim one path. */
const inputMapping = fc.dictionary(inputUrl, localPath, { maxKeys: 1 });
const outputMapping = fc.dictionary(localPath, ossUrl, { maxKeys: 3 });
const scalar = fc.oneof(text, fc.integer(), fc.boolean());
const variables = fc.dictionary(fc.oneof(name, fc.constantFrom('__proto__', 'constructor')), scalar, {
  maxKeys: 3,
});
const flag = fc.oneof(fc.boolean(), fc.constantFrom('true', 'False'));
const count = (min: number, max: number): fc.Arbitrary<unknown> =>
  fc.integer({ min, max }).chain((value) => fc.constantFrom<unknown[]>(value, String(value)));

const mounts = lenient({
  Entries: fc.array(
    fc
      .record({ Source: inputUrl, Destination: localPath })
      .chain((entry) => flag.map((WriteSupport) => ({ ...entry, WriteSupport }))),
    { maxLength: 1 },
  ),
  Locale: fc.constantFrom('GBK', 'UTF-8'),
  Lock: flag,
  CacheSupport: flag,
  CacheBlockSize: count(0, 1_000_000),
  CacheTotalSize: count(0, 1_000_000_000),
  NAS: lenient({ AccessGroup: fc.array(text), FileSystem: fc.array(text) }),
  OSS: lenient({ AccessKeyId: text, AccessKeySecret: text, AccessSecurityToken: text, SecurityToken: text }),
});

const configs = lenient({
  Disks: lenient({
    SystemDisk: lenient({ Type: fc.constantFrom('', 'cloud_ssd'), Size: count(0, 500) }),
    DataDisk: lenient({ Type: fc.constantFrom('', 'cloud'), Size: count(0, 1024), MountPoint: text }),
  }),
  Mounts: mounts,
  Networks: lenient({
    VPC: fc.dictionary(word, text, { maxKeys: 2 }),
    Classic: fc.dictionary(word, fc.array(text, { maxLength: 2 }), { maxKeys: 2 }),
  }),
});

const purchase = {
  ResourceType: fc.constantFrom('OnDemand', 'Spot', 'PrePaid'),
  SpotStrategy: fc.constant('SpotAsPriceGo'),
  SpotPriceLimit: fc.double({ min: 0, max: 100, noNaN: true }),
};

const notification = lenient({
  Topic: lenient({
    Name: text,
    Endpoint: text,
    Events: fc.array(fc.constantFrom('OnJobFailed', 'OnTaskRunning', 'OnPriorityChange'), { maxLength: 3 }),
    UserData: text,
    UserTemplate: text,
  }),
});

const credentials = lenient({
  ServiceRole: text,
  Chain: fc.array(fc.record({ Role: word, UserId: fc.nat() }), { maxLength: 2 }),
});

const docker = lenient({
  Image: fc.constantFrom('', 'ubuntu:22.04'),
  RegistryOSSPath: ossUrl,
  RunMode: text,
});

const autoCluster = lenient({
  ImageId: word,
  ECSImageId: word,
  InstanceType: word,
  ...purchase,
  ClusterId: word,
  Configs: configs,
  UserData: variables,
  ReserveOnFail: flag,
  DependencyIsvService: word,
});

const task = fc
  .tuple(
    lenient({
      InstanceCount: count(1, 1_000_000),
      Timeout: count(0, 1_000_000),
      MaxRetryCount: count(0, 1000),
      ClusterId: fc.constantFrom('', 'cls-1'),
      AutoCluster: autoCluster,
      InputMapping: inputMapping,
      OutputMapping: outputMapping,
      LogMapping: outputMapping,
      WriteSupport: flag,
      Mounts: mounts,
      CredentialConfig: credentials,
      TaskName: text,
    }),
    lenient({
      InputMappingConfig: lenient({ Locale: fc.constantFrom('GBK', 'UTF-8'), Lock: flag }),
      StdoutRedirectPath: folderUrl,
      StderrRedirectPath: folderUrl,
    }),
    lenient({
      PackagePath: segments.map((key) => `oss://demo-bucket/${key}`),
      EnvVars: variables,
      Docker: docker,
    }),
    text.map((line) => `run ${line}`),
  )
  .map(([fields, parameters, command, CommandLine]) => ({
    ...fields,
    Parameters: { ...parameters, Command: { ...command, CommandLine } },
  }));

const common = {
  Description: text,
  Priority: count(0, 1000),
  JobFailOnInstanceFail: flag,
  AutoRelease: flag,
  Notification: notification,
};

/** Tasks in the order of a list, each waiting only for earlier ones: no cycle can arise. */
const dag = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) =>
  fc.record({
    Tasks: fc
      .tuple(...names.map(() => task))
      .map((tasks) => Object.fromEntries(names.map((it, i) => [it, tasks[i]]))),
    Dependencies: fc
      .tuple(...names.map((_, i) => fc.subarray(names.slice(i + 1))))
      .map((lists) => Object.fromEntries(names.map((it, i) => [it, lists[i]]))),
  }),
);

export const dagJobBody = fc
  .tuple(lenient(common), name, dag)
  .map(([fields, Name, DAG]) => ({ ...fields, Name, Type: 'DAG', DAG }));

const appOverrides = lenient({
  ResourceType: fc.constantFrom('OnDemand', 'Spot'),
  InstanceType: word,
  InstanceCount: count(1, 100),
  MinDiskSize: count(0, 500),
  DataDiskMountPoint: text,
  Timeout: count(0, 1000),
  ReserveOnFail: flag,
  ClusterId: word,
  ClassicNetwork: flag,
  InstanceCounts: fc.anything(),
});

const appReference = fc
  .tuple(
    fc.constantFrom('demo', ':demo', 'Public:demo'),
    lenient({
      Inputs: fc.dictionary(name, fc.oneof(text, fc.integer(), fc.constant(null)), { maxKeys: 4 }),
      Outputs: fc.dictionary(name, ossUrl, { maxKeys: 2 }),
      Logging: lenient({ StdoutPath: folderUrl, StderrPath: folderUrl }),
      Config: appOverrides,
      AppTraceId: text,
      CredentialConfig: credentials,
    }),
  )
  .map(([AppName, fields]) => ({ ...fields, AppName }));

export const appJobBody = fc
  .tuple(lenient(common), name, appReference)
  .map(([fields, Name, App]) => ({ ...fields, Name, Type: 'App', App }));

const configEntry = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  lenient({ Description: text, Default: value, Overwritable: flag });

const inputParameter = fc.oneof(
  lenient({ Description: text, Type: fc.constant('String'), Default: text, Overwritable: flag }),
  fc
    .tuple(lenient({ Description: text, Default: count(-5, 5), Overwritable: flag }))
    .map(([fields]) => ({ ...fields, Type: 'Number' })),
);

const appFields = lenient({
  Description: text,
  InputParameters: fc.dictionary(
    name.map((it) => `in-${it}`),
    inputParameter,
    { maxKeys: 3 },
  ),
  OutputParameters: fc.dictionary(
    name.map((it) => `out-${it}`),
    lenient({ LocalPath: localPath }),
    { maxKeys: 1 },
  ),
  EnvVars: fc.dictionary(name, scalar, { maxKeys: 3 }),
  Daemonize: flag,
  Config: lenient({
    ResourceType: configEntry(fc.constantFrom('OnDemand', 'Spot')),
    InstanceType: configEntry(word),
    InstanceCount: configEntry(count(1, 100)),
    MinDataDiskSize: configEntry(count(0, 500)),
    Timeout: configEntry(count(0, 1000)),
    ReserveOnFail: configEntry(flag),
    ClusterId: configEntry(word),
  }),
});

export const appBody = fc
  .tuple(
    appFields,
    name,
    text.map((line) => `run ${line}`),
    fc.boolean(),
  )
  .map(([fields, Name, CommandLine, inDocker]) => ({
    ...fields,
    Name,
    CommandLine,
    ...(inDocker ? { Docker: { Image: 'ubuntu:22.04' } } : { VM: { ECSImageId: 'img-ubuntu' } }),
  }));

const group = fc
  .tuple(
    lenient({ InstanceType: word, ...purchase, ImageId: word, HostnamePrefix: word, Mode: word }),
    count(0, 100),
  )
  .map(([fields, DesiredVMCount]) => ({ ...fields, DesiredVMCount }));

export const clusterBody = fc
  .tuple(
    lenient({
      Description: text,
      InstanceType: word,
      UserData: variables,
      EnvVars: variables,
      Bootstrap: text,
      Configs: configs,
      Notification: notification,
      ScheduleType: fc.constantFrom('Poll', 'Push'),
      PasswordInherit: flag,
      DependencyIsvService: word,
    }),
    name,
    fc.dictionary(name, group, { minKeys: 1, maxKeys: 3 }),
  )
  .map(([fields, Name, Groups]) => ({ ...fields, Name, ImageId: 'img-ubuntu', Groups }));
