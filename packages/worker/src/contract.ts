import type { AttemptSpec } from './attempt.ts';

/**
 * What a program finds around it: `docker` and `vm` as AttemptSpec has them, `windows` for images with the label
 * dev.rebatch.platform=windows (docs/windows.md), whatever the task calls its machine.
 */
export type Contract = AttemptSpec['contract'] | 'windows';

/** An attempt whose image was looked at. */
export type SettledSpec = Omit<AttemptSpec, 'contract'> & { contract: Contract };

/** Work folders (architecture.md §5); the last is `C:\batchcompute\workdir`. */
export const WORK_FOLDER = {
  docker: '/batchcompute/workdir',
  vm: '/home/admin/workdir',
  windows: '/drives/c/batchcompute/workdir',
} as const satisfies Record<Contract, string>;
