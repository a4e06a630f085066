export * from './object-store.ts';
export * from './object-store-error.ts';
export * from './types.ts';
