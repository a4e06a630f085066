import type { Reason } from '../suite.ts';
import { NO_VENDOR, notServed } from './common.ts';

/** Why tests of the Go SDK v1 3.0.2 fail here. */
export const GO1_REASONS: readonly Reason[] = [
  notServed('access monitor', /\.TestBucketAccessMonitor$/),
  notServed('asynchronous fetch', /\.TestBucketAsyncTask$/),
  notServed('asynchronous processing', /\.TestAsyncProcessObject$/),
  notServed('cloud boxes', /\.TestCloudBox/),
  notServed('own host names', /\.TestBucketCName$/),
  notServed(
    'key servers (KMS, SM4)',
    /\.TestBucketEncryption|\.TestBucketEncyption|\.TestCreateBucketWithServerEncryption$|\.TestPutObjectWithKmsSm4$/,
  ),
  notServed('inventory', /Inventory/),
  notServed('live channels', /^OssBucketLiveChannelSuite\.|\.TestSignRtmpURL$/),
  notServed('metadata queries', /\.TestBucketMetaQuery$/),
  notServed('mirrored websites and redirections', /\.TestSetBucketWebsite(Detail|Xml)$/),
  notServed('QoS', /Qos/),
  notServed('regions', /\.TestDescribeRegions$/),
  notServed('replication', /Replication/),
  notServed('resource groups', /\.TestBucketResourceGroup$/),
  notServed('response headers', /\.TestBucketResponseHeader$/),
  notServed('select', /^OssSelect(Csv|Json)Suite\./),
  notServed('sequential uploads, whose objects have an MD5', /\.TestUploadFileWithSequential$/),
  notServed('transfer acceleration', /\.TestBucketTransferAcc$/),
  notServed('WORM', /Worm$|\.TestInitiateBucketWorm/),
  { reason: 'measures the speed of this machine', tests: /LimitSpeed$|LimitUploadSpeed/ },
  { reason: 'callbacks go to hosts that are allowed only', tests: /WithCallbackResult$/ },
  { reason: 'expects a restoration that takes time', says: /ongoing-request/ },
  { reason: 'path style is served here', tests: /\.TestForcePathStyle$/ },
  {
    reason: 'wants an endpoint with a name of the vendor',
    tests: /\.Test(UseCname|EndpointFormat|GetBucketInfo)$/,
  },
  { reason: 'wants a proxy', tests: /Pr?o(r)?xy$/ },
  { reason: 'wants a machine without this address', tests: /\.TestClientSetLocalIpError$/ },
  { reason: 'wants variables that are not set', tests: /\.TestClientNewEnvironmentVariable/ },
  { reason: 'wants a service that is far away', tests: /\.TestPutObjectWithLimitReaderLen$/ },
  { reason: 'a token beside a key that needs none is no harm', tests: /\.TestSTSTonekNegative$/ },
  {
    reason: 'overlapping lifecycle rules are let be where that is asked for',
    tests: /\.TestSetBucketLifecycleXml$/,
  },
  { reason: 'goes on with what a test of callbacks left', tests: /\.TestUploadFileWithCpChoiceOptions$/ },
  NO_VENDOR,
];
