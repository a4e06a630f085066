import { join } from 'node:path';

/** Where a machine's shared folder appears inside it. */
export const SHARED_INSIDE = '/.rebatch/share';
/** Where the folder appears in which mounts come and go; see `SharedMounter`. */
export const MOUNTS_INSIDE = '/.rebatch/mounts';
/** Where its bootstrap's output and exit code go. */
export const LOG_FOLDER = `${SHARED_INSIDE}/node`;

/** Where a machine keeps its files on this host. */
export interface NodeFolder {
  root: string;
  /** What the machine sees of it. */
  shared: string;
  /** Of its bootstrap. */
  exitCode: string;
  output: string;
  node: string;
  /** One numbered entry for each mount of the cluster. */
  mounts: string;
  /** One folder for each attempt that joins it. */
  attempts: string;
  /** What its programs write to mounts; out of its sight. */
  mountState: string;
}

const SAFE_ID = /^i-[0-9a-z]{1,40}$/;

/** Throws a RangeError for an id that is no safe file name. */
export function nodeFolder(nodesFolder: string, nodeId: string): NodeFolder {
  if (!SAFE_ID.test(nodeId)) throw new RangeError(`"${nodeId}" is no machine's id`);
  const root = join(nodesFolder, nodeId);
  const shared = join(root, 'share');
  const node = join(shared, 'node');
  return {
    root,
    shared,
    node,
    exitCode: join(node, 'exit-code'),
    output: join(node, 'output'),
    mounts: join(shared, 'mounts'),
    attempts: join(shared, 'attempts'),
    mountState: join(root, 'mount-state'),
  };
}

/** The path inside the machine of a path below its shared folder, or below the one in which its mounts come and go. */
export function insideNode(folder: NodeFolder, mounts: string | undefined, path: string): string {
  const inside = new Map([[folder.shared, SHARED_INSIDE]]);
  if (mounts !== undefined) inside.set(mounts, MOUNTS_INSIDE);
  for (const [host, place] of inside) {
    if (path.startsWith(`${host}/`)) return `${place}${path.slice(host.length)}`;
  }
  throw new RangeError(`${path} is not shared with the machine`);
}
