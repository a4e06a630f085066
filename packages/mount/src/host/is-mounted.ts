import { mountTable } from './mount-table.ts';

/** Whether something is mounted at this very path. */
export async function isMounted(mountPoint: string): Promise<boolean> {
  return (await mountTable()).some((line) => line.mountPoint === mountPoint);
}
