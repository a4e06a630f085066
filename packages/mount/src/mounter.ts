import type { Charset, LocalName } from './names/charset.ts';

/** What to make visible, and where. */
export interface MountSpec {
  bucket: string;
  /** A prefix ending in `/` (or empty) for a folder, or a key for one file. */
  key: string;
  kind: 'folder' | 'file';
  /** Of file names as the program sees them. Default: UTF-8, as object names are. */
  charset?: Charset;
  /** Path on this host, not there yet, which the mounter fills or mounts over. Its parent folder exists. */
  target: string;
}

/** A prefix or an object made visible below `path`; existing files look readable and executable (spec §12.2). */
export interface Mounted {
  readonly path: string;
  /** Why the content was copied although mounting it was wanted: half a sentence for people. Absent when it was not. */
  readonly copiedSince?: string;
  /**
   * Paths below `path`, relative, that are new or changed since the mount (files only), in byte order. For a mounted
   * file: `['']` when it changed.
   */
  diff(): Promise<LocalName[]>;
}

/** A folder or file of this host to show as it is: what is written goes straight through. */
export interface PlaceSpec {
  /** For people. */
  url: string;
  /** Folder of this host that the place must lie in, whatever links there are. */
  root: string;
  segments: readonly string[];
  kind: 'folder' | 'file';
  /** Then folders that are missing are made. */
  writable: boolean;
  /** As of a `MountSpec`. */
  target: string;
}

export interface MountOptions {
  /** Ends a mount that is under way; what it made so far stays until `release`. */
  signal?: AbortSignal;
}

/** Object prefixes as local folders. Implementations: `fuse/` (read on demand), `stage-in/` (copy before the run). */
export interface Mounter {
  /** @throws MountError when the prefix's bucket or the object does not exist or cannot be read. */
  mount(spec: MountSpec, options?: MountOptions): Promise<Mounted>;
  /** Finds again a mount that an earlier process made for the same spec, or makes it. */
  adopt(spec: MountSpec, options?: MountOptions): Promise<Mounted>;
  /**
   * Path of this host at which a place can be shown. Can be repeated.
   * @throws MountError when the place is not there or not inside its root
   */
  show(place: PlaceSpec): Promise<string>;
  /** Undoes what a mount or place at `target` left, finished or not, of whichever process. Can be repeated. */
  release(target: string): Promise<void>;
}

/**
 * Mounts for a container that runs already. They come and go below `folder`, which was bound into it (propagation
 * `rslave`) when it was made; copies are at their targets.
 */
export interface SharedMounter extends Mounter {
  /** Absent where all mounts are copies. */
  readonly folder?: string;
  /** Makes the folder, for a container that will be made. False when there will be none. */
  open(): Promise<boolean>;
  /** Removes the folder, with all mounts of whichever process. Can be repeated. */
  close(): Promise<void>;
}
