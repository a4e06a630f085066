export * from './mount-error.ts';
export * from './mounter.ts';
