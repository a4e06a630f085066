import { access, constants, readFile, statfs } from 'node:fs/promises';

/** `statfs` says so of an overlay, such as the root of a container. */
const OVERLAY_TYPE = 0x79_4c_76_30;

/** Why inputs of a server with this data folder cannot be mounted with FUSE and overlay, if so: half a sentence. */
export async function fuseObstacle(dataFolder: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'FUSE is used on Linux only';
  if (process.getuid?.() !== 0) return 'mounting with FUSE needs root';
  // They mean something in the options of an overlay.
  if (/[,:\\"]/.test(dataFolder)) return `the path ${dataFolder} has a character that an overlay cannot have`;
  try {
    await access('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch {
    return '/dev/fuse cannot be opened';
  }
  const known = await readFile('/proc/filesystems', 'utf8');
  const missing = ['fuse', 'overlay'].find((name) => !new RegExp(`\\t${name}$`, 'm').test(known));
  if (missing !== undefined) return `this kernel has no ${missing} file system`;
  const { type } = await statfs(dataFolder);
  return type === OVERLAY_TYPE
    ? `${dataFolder} lies on an overlay, which cannot hold another one`
    : undefined;
}
