export * from './host-mounter.ts';
export { type MountPaths, mountPaths } from './host/mount-paths.ts';
export { openInside, PlaceError } from './host-place/open-inside.ts';
export * from './mount-error.ts';
export * from './mounter.ts';
export * from './stage-in/stage-in-mounter.ts';
export * from './names/charset.ts';
