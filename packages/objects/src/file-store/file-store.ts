import type { DatabaseSync } from 'node:sqlite';
import type { BodySource, ObjectStore } from '../object-store.ts';
import type {
  AppendOptions,
  AppendResult,
  AttributeStat,
  BucketInfo,
  BucketStat,
  ByteRange,
  ChangeOptions,
  CompletedPart,
  CompleteOptions,
  CopyOptions,
  Deletion,
  DirectPieces,
  ListOptions,
  ListPage,
  ListVersionsOptions,
  LocalFiles,
  ObjectBody,
  ObjectChange,
  ObjectInfo,
  ObjectName,
  PartInfo,
  PutOptions,
  UploadInfo,
  VersionPage,
  Versioning,
} from '../types.ts';
import { requireBucket, requireObject, type StoreContext } from './context.ts';
import { abortUpload } from './operations/abort-upload.ts';
import { appendObject } from './operations/append-object.ts';
import { completeUpload } from './operations/complete-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { createBucket } from './operations/create-bucket.ts';
import { deleteBucket } from './operations/delete-bucket.ts';
import { deleteObject } from './operations/delete-object.ts';
import { getObject } from './operations/get-object.ts';
import { listObjects } from './operations/list-objects.ts';
import { listVersions } from './operations/list-versions.ts';
import { directPieces } from './operations/direct-pieces.ts';
import { localFiles } from './operations/local-files.ts';
import { putObject } from './operations/put-object.ts';
import { putPart } from './operations/put-part.ts';
import { setAttributes } from './operations/set-attributes.ts';
import { setBucketConfig } from './operations/set-bucket-config.ts';
import { setVersioning } from './operations/set-versioning.ts';
import { startUpload } from './operations/start-upload.ts';
import { requireUpload } from './require-upload.ts';

/**
 * Both back ends: each method is one file of `operations/`. Made by `openFileStore`, which keeps blobs in files, and by
 * `openS3Store`, which keeps them in a bucket.
 */
export class FileStore implements ObjectStore {
  readonly #context: StoreContext;
  readonly #db: DatabaseSync;
  readonly #disconnect: () => void;
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  /** `disconnect` lets go of what the blobs need, at the end. */
  constructor(context: StoreContext, db: DatabaseSync, disconnect: () => void = () => undefined) {
    this.#context = context;
    this.#db = db;
    this.#disconnect = disconnect;
  }

  createBucket(
    bucket: string,
    owner: string,
    options: { acl?: string; attributes?: Readonly<Record<string, string>> } = {},
  ): Promise<BucketInfo> {
    return this.#run((context) => createBucket(context, bucket, owner, options));
  }

  setVersioning(bucket: string, versioning: Versioning): Promise<BucketInfo> {
    return this.#run((context) => setVersioning(context, bucket, versioning));
  }

  deleteBucket(bucket: string): Promise<void> {
    return this.#run((context) => deleteBucket(context, bucket));
  }

  getBucket(bucket: string): Promise<BucketInfo> {
    return this.#run((context) => requireBucket(context, bucket));
  }

  listBuckets(owner?: string): Promise<BucketInfo[]> {
    return this.#run(({ sql }) => sql.listBuckets(owner));
  }

  getBucketConfig(bucket: string, name: string): Promise<string | undefined> {
    return this.#run((context) => context.sql.findBucketConfig(requireBucket(context, bucket).name, name));
  }

  setBucketConfig(
    bucket: string,
    name: string,
    document: string | undefined,
    attributes: Readonly<Record<string, string | undefined>> = {},
  ): Promise<void> {
    return this.#run((context) => setBucketConfig(context, bucket, name, document, attributes));
  }

  statBucket(bucket: string): Promise<BucketStat> {
    return this.#run((context) => context.sql.bucketStat(requireBucket(context, bucket).name));
  }

  statAttribute(bucket: string, name: string): Promise<AttributeStat> {
    return this.#run((context) => context.sql.attributeStat(requireBucket(context, bucket).name, name));
  }

  put(bucket: string, key: string, body: BodySource, options: PutOptions = {}): Promise<ObjectInfo> {
    return this.#run((context) => putObject(context, bucket, key, body, options));
  }

  get(bucket: string, key: string, range?: ByteRange, versionId?: string): Promise<ObjectBody> {
    return this.#run((context) => getObject(context, bucket, key, range, versionId));
  }

  head(bucket: string, key: string, versionId?: string): Promise<ObjectInfo> {
    return this.#run((context) => requireObject(context, bucket, key, versionId).info);
  }

  setAttributes(
    bucket: string,
    key: string,
    changes: Readonly<Record<string, string | undefined>>,
    options: ChangeOptions = {},
  ): Promise<ObjectInfo> {
    return this.#run((context) => setAttributes(context, bucket, key, changes, options));
  }

  directUrl(
    bucket: string,
    key: string,
    { seconds, headers, versionId }: { seconds: number; headers: Record<string, string>; versionId?: string },
  ): Promise<string | undefined> {
    return this.#run(async (context) => {
      const { content } = requireObject(context, bucket, key, versionId);
      const isWhole = context.sql.isFileContent(content);
      return isWhole ? context.files.directUrl?.(content, seconds, headers) : undefined;
    });
  }

  localFiles(bucket: string, key: string): Promise<LocalFiles | undefined> {
    return this.#run((context) => localFiles(context, bucket, key));
  }

  directPieces(bucket: string, key: string, seconds: number): Promise<DirectPieces | undefined> {
    return this.#run((context) => directPieces(context, bucket, key, seconds));
  }

  list(bucket: string, options: ListOptions = {}): Promise<ListPage> {
    return this.#run((context) => listObjects(context, bucket, options));
  }

  listVersions(bucket: string, options: ListVersionsOptions = {}): Promise<VersionPage> {
    return this.#run((context) => listVersions(context, bucket, options));
  }

  delete(bucket: string, key: string, options: ChangeOptions = {}): Promise<Deletion> {
    return this.#run((context) => deleteObject(context, bucket, key, options));
  }

  copy(
    from: ObjectName,
    to: { bucket: string; key: string },
    options: CopyOptions = {},
  ): Promise<ObjectInfo> {
    return this.#run((context) => copyObject(context, from, to, options));
  }

  append(
    bucket: string,
    key: string,
    position: number,
    body: BodySource,
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    return this.#run((context) => appendObject(context, bucket, key, position, body, options));
  }

  startUpload(bucket: string, key: string, options: PutOptions = {}): Promise<UploadInfo> {
    return this.#run((context) => startUpload(context, bucket, key, options));
  }

  putPart(
    bucket: string,
    key: string,
    uploadId: string,
    partNumber: number,
    body: BodySource,
    options: Pick<PutOptions, 'contentMd5' | 'contentLength'> = {},
  ): Promise<PartInfo> {
    return this.#run((context) => putPart(context, bucket, key, uploadId, partNumber, body, options));
  }

  completeUpload(
    bucket: string,
    key: string,
    uploadId: string,
    parts: CompletedPart[] | 'all',
    options: CompleteOptions = {},
  ): Promise<ObjectInfo> {
    return this.#run((context) => completeUpload(context, bucket, key, uploadId, parts, options));
  }

  headUpload(bucket: string, key: string, uploadId: string): Promise<UploadInfo> {
    return this.#run((context) => requireUpload(context, bucket, key, uploadId).upload);
  }

  abortUpload(bucket: string, key: string, uploadId: string): Promise<void> {
    return this.#run((context) => abortUpload(context, bucket, key, uploadId));
  }

  listParts(bucket: string, key: string, uploadId: string): Promise<PartInfo[]> {
    return this.#run((context) => {
      requireUpload(context, bucket, key, uploadId);
      return context.sql.listParts(uploadId).map(({ part }) => part);
    });
  }

  listUploads(bucket: string, prefix = ''): Promise<UploadInfo[]> {
    return this.#run((context) => context.sql.listUploads(requireBucket(context, bucket).name, prefix));
  }

  watch(bucket: string, prefix: string, listener: (change: ObjectChange) => void): () => void {
    return this.#context.watchers.add(bucket, prefix, listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#running);
    const { files, sql } = this.#context;
    sql.cleanMark.write(await files.settle());
    this.#db.close();
    this.#disconnect();
  }

  /** Counts the call as under way, so that `close` can wait for it. */
  async #run<T>(call: (context: StoreContext) => T | Promise<T>): Promise<T> {
    if (this.#closing !== undefined) {
      throw new Error('the object store is closed');
    }
    const running = Promise.try(call, this.#context);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }
}
