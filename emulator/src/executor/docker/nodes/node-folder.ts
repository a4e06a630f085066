import { join } from 'node:path';

/** Where a machine's shared folder appears inside it. */
export const SHARED_INSIDE = '/.rebatch/share';
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
  };
}

/** The path inside the machine of a path below its shared folder. */
export function insideNode(folder: NodeFolder, path: string): string {
  if (!path.startsWith(`${folder.shared}/`)) throw new RangeError(`${path} is not shared with the machine`);
  return `${SHARED_INSIDE}${path.slice(folder.shared.length)}`;
}
