import type { Reason } from '../suite.ts';
import { NO_VENDOR, notServed } from './common.ts';

/** Why integration tests of the Go SDK v2 1.6.1 fail here. */
export const GO2_REASONS: readonly Reason[] = [
  notServed('access monitor', /^bucket_access_monitor\./),
  notServed('archive direct read', /^bucket_archive_direct_read\./),
  notServed('own host names', /^cname\./),
  notServed('data redundancy', /\.TestRedundancyTransition$/),
  notServed('HTTPS settings', /^bucket_https_config\./),
  notServed('inventory', /^bucket_inventory\./),
  notServed('key servers (KMS, SM4)', /^bucket_encryption\.|^object_basic\.TestAppendObject$/),
  notServed('metadata queries', /^meta_query\./),
  notServed('metadata tables', /^bucket_metadata_table_configuration\./),
  notServed('mirrored websites and redirections', /^bucket_website\./),
  notServed('overwrite rules', /^bucket_overwrite_config\./),
  notServed('the status of policies', /\.TestBucketPolicy$/),
  notServed('public access blocks', /^public_access_block\.|\.TestInvokeOperation_BucketPolicy$/),
  notServed('quotas of buckets', /^bucket_quota\./),
  notServed('regions', /\.TestRegions$/),
  notServed('replication', /^bucket_replication\./),
  notServed('resource groups', /^bucket_resource_group\./),
  notServed('sealing appendable objects', /\.TestSealAppendObject$/),
  notServed('select', /^object_select\./),
  notServed('sequential uploads, whose objects have an MD5', /\.TestUploaderWithSequential$/),
  notServed('taking restored objects back', /\.TestCleanRestoredObject$/),
  notServed('transfer acceleration', /^bucket_transfer_acceleration\./),
  notServed('log fields of one’s own', /^bucket_logging\./),
  notServed('WORM', /^bucket_worm\./),
  { reason: 'callbacks go to hosts that are allowed only', tests: /^object_basic\.TestPutObject$/ },
  { reason: 'expects a restoration that takes time', tests: /\.TestRestoreObject(Legacy)?$/ },
  { reason: 'compares numbers of errors (EC) that are by operation there', tests: /^object_multipart\./ },
  { reason: 'reads a file that its package lacks', says: /sample\/example\.jpg/ },
  {
    reason: 'wants an endpoint with a name of the vendor',
    tests: /\.TestGetBucketInfo$|\.TestAddressingModePathStyle$/,
  },
  { reason: 'wants a key of the vendor’s STS', tests: /\.TestPresignWithStsToken$/ },
  {
    reason: 'a key that is not known is refused before the bucket is looked for',
    tests: /\.TestClientExtension$/,
  },
  NO_VENDOR,
];
