export { areEqual, type Credentials } from './api/credentials.ts';
export { createRegistryApi } from './api/create-registry-api.ts';
export { UploadFolder } from './api/upload-folder.ts';
export { findDigest, findImage, type FoundImage, ImageNotFoundError } from './find-image.ts';
export type { Platform } from './manifest.ts';
export { ObjectFiles } from './object-files.ts';
export type { RegistryFiles, WritableRegistryFiles } from './registry-files.ts';
