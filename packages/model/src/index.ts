export * from './clock.ts';
export * from './descriptions.ts';
export * from './manual-clock.ts';
export * from './states.ts';
export * from './views.ts';
export * from './wire-error.ts';
