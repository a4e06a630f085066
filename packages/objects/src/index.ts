export { combineCrc64 } from './crc64/combine-crc64.ts';
export { type Crc64, startCrc64 } from './crc64/crc64.ts';
export { FileStoreOpenError, type FileStoreOptions, openFileStore } from './file-store/open-file-store.ts';
export { checkBucketName, isBucketName } from './names/check-bucket-name.ts';
export { checkKey, MAX_KEY_BYTES } from './names/check-key.ts';
export * from './object-store.ts';
export * from './object-store-error.ts';
export * from './types.ts';
