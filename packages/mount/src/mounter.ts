/** What to make visible, and where. */
export interface MountSpec {
  bucket: string;
  /** A prefix ending in `/` (or empty) for a folder, or a key for one file. */
  key: string;
  kind: 'folder' | 'file';
  /** Empty folder (or a path for a file) on this host which the mounter fills or mounts over. */
  target: string;
}

/** A prefix or an object made visible below `path`; existing files look readable and executable (spec §12.2). */
export interface Mounted {
  readonly path: string;
  /** Paths below `path`, relative, that are new or changed since the mount (files only), in byte order. */
  diff(): Promise<string[]>;
  unmount(): Promise<void>;
}

/** Object prefixes as local folders. Implementations: `stage-in/` (copy before the run); FUSE later. */
export interface Mounter {
  /** @throws MountError when the prefix's bucket or the object does not exist or cannot be read. */
  mount(spec: MountSpec): Promise<Mounted>;
  /** Finds again a mount that an earlier process made for the same spec, or makes it. */
  adopt(spec: MountSpec): Promise<Mounted>;
}
