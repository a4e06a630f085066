import type { DatabaseSync } from 'node:sqlite';
import { prepareAttributeStat } from './attribute-stat.ts';
import { prepareBucketStat } from './bucket-stat.ts';
import { prepareCleanMark } from './clean-mark.ts';
import { prepareDeleteBucket } from './delete-bucket.ts';
import { prepareDeleteObject } from './delete-object.ts';
import { prepareDeleteUpload } from './delete-upload.ts';
import { prepareDeleteVersion } from './delete-version.ts';
import { prepareFindBucket } from './find-bucket.ts';
import { prepareFindBucketConfig } from './find-bucket-config.ts';
import { prepareFindContent } from './find-content.ts';
import { prepareFindNewestVersion } from './find-newest-version.ts';
import { prepareFindObject } from './find-object.ts';
import { prepareFindPartContent } from './find-part-content.ts';
import { prepareFindUpload } from './find-upload.ts';
import { prepareFindVersion } from './find-version.ts';
import { prepareGreatestContent } from './greatest-content.ts';
import { prepareInsertContent } from './insert-content.ts';
import { prepareInsertUpload } from './insert-upload.ts';
import { prepareIsBucketEmpty } from './is-bucket-empty.ts';
import { prepareIsFileContent } from './is-file-content.ts';
import { prepareListBuckets } from './list-buckets.ts';
import { prepareListParts } from './list-parts.ts';
import { prepareListUploads } from './list-uploads.ts';
import { prepareReleaseContent } from './release-content.ts';
import { prepareSaveBucket } from './save-bucket.ts';
import { prepareSaveBucketConfig } from './save-bucket-config.ts';
import { prepareSaveObject } from './save-object.ts';
import { prepareSavePart } from './save-part.ts';
import { prepareSaveVersion } from './save-version.ts';
import { prepareScanObjects } from './scan-objects.ts';
import { prepareScanVersions } from './scan-versions.ts';
import { prepareShareContent } from './share-content.ts';

export type Statements = ReturnType<typeof prepareStatements>;

/** Every operation of this folder, ready to run on `db`. */
export function prepareStatements(db: DatabaseSync) {
  return {
    saveBucket: prepareSaveBucket(db),
    findBucket: prepareFindBucket(db),
    listBuckets: prepareListBuckets(db),
    deleteBucket: prepareDeleteBucket(db),
    findBucketConfig: prepareFindBucketConfig(db),
    saveBucketConfig: prepareSaveBucketConfig(db),
    isBucketEmpty: prepareIsBucketEmpty(db),
    bucketStat: prepareBucketStat(db),
    attributeStat: prepareAttributeStat(db),
    findObject: prepareFindObject(db),
    saveObject: prepareSaveObject(db),
    deleteObject: prepareDeleteObject(db),
    scanObjects: prepareScanObjects(db),
    findVersion: prepareFindVersion(db),
    findNewestVersion: prepareFindNewestVersion(db),
    saveVersion: prepareSaveVersion(db),
    deleteVersion: prepareDeleteVersion(db),
    scanVersions: prepareScanVersions(db),
    insertContent: prepareInsertContent(db),
    findContent: prepareFindContent(db),
    shareContent: prepareShareContent(db),
    releaseContent: prepareReleaseContent(db),
    isFileContent: prepareIsFileContent(db),
    greatestContent: prepareGreatestContent(db),
    cleanMark: prepareCleanMark(db),
    insertUpload: prepareInsertUpload(db),
    findUpload: prepareFindUpload(db),
    listUploads: prepareListUploads(db),
    deleteUpload: prepareDeleteUpload(db),
    savePart: prepareSavePart(db),
    listParts: prepareListParts(db),
    findPartContent: prepareFindPartContent(db),
  };
}
