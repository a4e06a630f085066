import { configKinds } from '../configs/config-kinds.ts';
import { followObject } from '../live/follow-object.ts';
import { watchChanges } from '../live/watch-changes.ts';
import { abortUpload } from '../operations/abort-upload.ts';
import { appendObject } from '../operations/append-object.ts';
import { deleteBucketConfig, getBucketConfig, putBucketConfig } from '../operations/bucket-config.ts';
import { completeUpload } from '../operations/complete-upload.ts';
import { copyObject } from '../operations/copy-object.ts';
import { deleteBucketTagging } from '../operations/delete-bucket-tagging.ts';
import { deleteBucket } from '../operations/delete-bucket.ts';
import { deleteObjectTagging } from '../operations/delete-object-tagging.ts';
import { deleteObject } from '../operations/delete-object.ts';
import { deleteObjects } from '../operations/delete-objects.ts';
import { deleteStyle } from '../operations/delete-style.ts';
import { getBucketAcl } from '../operations/get-bucket-acl.ts';
import { getBucketInfo } from '../operations/get-bucket-info.ts';
import { getBucketLocation } from '../operations/get-bucket-location.ts';
import { getBucketStat } from '../operations/get-bucket-stat.ts';
import { getObjectAcl } from '../operations/get-object-acl.ts';
import { getObjectMeta } from '../operations/get-object-meta.ts';
import { getObjectTagging } from '../operations/get-object-tagging.ts';
import { getBucketVersioning } from '../operations/get-bucket-versioning.ts';
import { getObject } from '../operations/get-object.ts';
import { getProcessedObject } from '../operations/get-processed-object.ts';
import { getStyle } from '../operations/get-style.ts';
import { getSymlink } from '../operations/get-symlink.ts';
import { headObject } from '../operations/head-object.ts';
import { initiateUpload } from '../operations/initiate-upload.ts';
import { listBuckets } from '../operations/list-buckets.ts';
import { listLiveChannels } from '../operations/list-live-channels.ts';
import { listObjectVersions } from '../operations/list-object-versions.ts';
import { listObjectsV2 } from '../operations/list-objects-v2.ts';
import { listObjects } from '../operations/list-objects.ts';
import { listParts } from '../operations/list-parts.ts';
import { listUploads } from '../operations/list-uploads.ts';
import { processObject } from '../operations/process-object.ts';
import { putBucketAcl } from '../operations/put-bucket-acl.ts';
import { putBucketVersioning } from '../operations/put-bucket-versioning.ts';
import { putBucket } from '../operations/put-bucket.ts';
import { putObjectAcl } from '../operations/put-object-acl.ts';
import { putObjectTagging } from '../operations/put-object-tagging.ts';
import { putObject } from '../operations/put-object.ts';
import { putStyle } from '../operations/put-style.ts';
import { putSymlink } from '../operations/put-symlink.ts';
import { restoreObject } from '../operations/restore-object.ts';
import { uploadPartCopy } from '../operations/upload-part-copy.ts';
import { uploadPart } from '../operations/upload-part.ts';
import type { Access } from './access.ts';
import type { Operation } from './oss-call.ts';

export interface Route {
  level: 'service' | 'bucket' | 'object';
  method: string;
  /** Query parameter that names the operation; absent: none does. */
  sub?: string;
  /** Header that must be there. */
  header?: string;
  /** Query parameter that must have this value. */
  param?: readonly [name: string, value: string];
  access: Access;
  /**
   * `named`: it is about one version of the object when the request names one. `refused`: it cannot be, and says so.
   * Absent: the parameter says nothing; clients send that of a copy's source with every step of an upload.
   */
  versions?: 'named' | 'refused';
  run: Operation;
}

/** All that the gateway does (spec/oss.md §1.7). The first route that fits is taken. */
export const routes: readonly Route[] = [
  { level: 'service', method: 'GET', access: 'account', run: listBuckets },
  { level: 'service', method: 'GET', sub: 'tagging', access: 'account', run: listBuckets },

  { level: 'bucket', method: 'DELETE', sub: 'tagging', access: 'owner', run: deleteBucketTagging },
  ...configKinds.flatMap((kind): Route[] => {
    const { name: sub } = kind;
    return [
      { level: 'bucket', method: 'PUT', sub, access: 'owner', run: putBucketConfig(kind) },
      { level: 'bucket', method: 'GET', sub, access: 'owner', run: getBucketConfig(kind) },
      { level: 'bucket', method: 'DELETE', sub, access: 'owner', run: deleteBucketConfig(kind) },
    ];
  }),
  { level: 'bucket', method: 'PUT', sub: 'acl', access: 'owner', run: putBucketAcl },
  { level: 'bucket', method: 'PUT', access: 'account', run: putBucket },
  { level: 'bucket', method: 'DELETE', access: 'owner', run: deleteBucket },
  { level: 'bucket', method: 'GET', sub: 'acl', access: 'owner', run: getBucketAcl },
  { level: 'bucket', method: 'GET', sub: 'bucketInfo', access: 'owner', run: getBucketInfo },
  { level: 'bucket', method: 'GET', sub: 'location', access: 'owner', run: getBucketLocation },
  { level: 'bucket', method: 'GET', sub: 'stat', access: 'owner', run: getBucketStat },
  { level: 'bucket', method: 'PUT', sub: 'versioning', access: 'owner', run: putBucketVersioning },
  { level: 'bucket', method: 'GET', sub: 'versioning', access: 'owner', run: getBucketVersioning },
  { level: 'bucket', method: 'GET', sub: 'versions', access: 'listVersions', run: listObjectVersions },
  { level: 'bucket', method: 'PUT', sub: 'style', access: 'owner', run: putStyle },
  { level: 'bucket', method: 'GET', sub: 'style', access: 'owner', run: getStyle },
  { level: 'bucket', method: 'DELETE', sub: 'style', access: 'owner', run: deleteStyle },
  { level: 'bucket', method: 'GET', sub: 'live', access: 'owner', run: listLiveChannels },
  { level: 'bucket', method: 'GET', sub: 'uploads', access: 'owner', run: listUploads },
  { level: 'bucket', method: 'GET', sub: 'x-oss-changes', access: 'list', run: watchChanges },
  { level: 'bucket', method: 'GET', param: ['list-type', '2'], access: 'list', run: listObjectsV2 },
  { level: 'bucket', method: 'GET', access: 'list', run: listObjects },
  { level: 'bucket', method: 'POST', sub: 'delete', access: 'delete', run: deleteObjects },

  {
    level: 'object',
    method: 'PUT',
    sub: 'uploadId',
    header: 'x-oss-copy-source',
    access: 'write',
    run: uploadPartCopy,
  },
  { level: 'object', method: 'PUT', sub: 'uploadId', access: 'write', run: uploadPart },
  {
    level: 'object',
    method: 'PUT',
    header: 'x-oss-copy-source',
    access: 'write',
    run: copyObject,
  },
  { level: 'object', method: 'PUT', access: 'write', run: putObject },
  { level: 'object', method: 'POST', sub: 'append', access: 'write', versions: 'refused', run: appendObject },
  { level: 'object', method: 'POST', sub: 'uploads', access: 'write', run: initiateUpload },
  { level: 'object', method: 'POST', sub: 'uploadId', access: 'write', run: completeUpload },
  { level: 'object', method: 'PUT', sub: 'acl', access: 'owner', versions: 'named', run: putObjectAcl },
  { level: 'object', method: 'GET', sub: 'acl', access: 'owner', versions: 'named', run: getObjectAcl },
  {
    level: 'object',
    method: 'PUT',
    sub: 'tagging',
    access: 'write',
    versions: 'named',
    run: putObjectTagging,
  },
  {
    level: 'object',
    method: 'GET',
    sub: 'tagging',
    access: 'read',
    versions: 'named',
    run: getObjectTagging,
  },
  {
    level: 'object',
    method: 'DELETE',
    sub: 'tagging',
    access: 'write',
    versions: 'named',
    run: deleteObjectTagging,
  },
  { level: 'object', method: 'PUT', sub: 'symlink', access: 'write', run: putSymlink },
  { level: 'object', method: 'GET', sub: 'symlink', access: 'read', versions: 'named', run: getSymlink },
  { level: 'object', method: 'POST', sub: 'restore', access: 'write', versions: 'named', run: restoreObject },
  { level: 'object', method: 'GET', sub: 'uploadId', access: 'write', run: listParts },
  {
    level: 'object',
    method: 'GET',
    sub: 'objectMeta',
    access: 'read',
    versions: 'named',
    run: getObjectMeta,
  },
  {
    level: 'object',
    method: 'GET',
    sub: 'x-oss-process',
    access: 'read',
    versions: 'named',
    run: getProcessedObject,
  },
  {
    level: 'object',
    method: 'POST',
    sub: 'x-oss-process',
    access: 'read',
    versions: 'named',
    run: processObject,
  },
  { level: 'object', method: 'GET', sub: 'x-oss-follow', access: 'read', run: followObject },
  { level: 'object', method: 'GET', access: 'read', versions: 'named', run: getObject },
  {
    level: 'object',
    method: 'HEAD',
    sub: 'objectMeta',
    access: 'read',
    versions: 'named',
    run: getObjectMeta,
  },
  { level: 'object', method: 'HEAD', access: 'read', versions: 'named', run: headObject },
  { level: 'object', method: 'DELETE', sub: 'uploadId', access: 'write', run: abortUpload },
  { level: 'object', method: 'DELETE', access: 'delete', versions: 'named', run: deleteObject },
  // oss2's own tests delete a link as what they made it.
  {
    level: 'object',
    method: 'DELETE',
    sub: 'symlink',
    access: 'delete',
    versions: 'named',
    run: deleteObject,
  },
];
