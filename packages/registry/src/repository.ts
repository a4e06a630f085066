import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { blobPath, layerLink, revisionLink, tagLink, tagsFolder } from './layout.ts';
import { MAX_MANIFEST_BYTES } from './manifest.ts';
import { isDigest, isTag } from '@rebatch/model';
import { readWhole, type RegistryFiles } from './registry-files.ts';

/** A link holds a digest. */
const MAX_LINK_BYTES = 200;

/** Reads one repository of a registry's storage: its tags, manifests and blobs. */
export class Repository {
  readonly files: RegistryFiles;
  readonly name: string;

  constructor(files: RegistryFiles, name: string) {
    this.files = files;
    this.name = name;
  }

  /** In byte order. A repository that is not there has none. */
  async *tags(): AsyncGenerator<string> {
    for await (const name of this.files.list(tagsFolder(this.name))) {
      const tag = name.replace(/\/$/, '');
      if (tag !== name && isTag(tag)) yield tag;
    }
  }

  /** The digest that a tag or a digest stands for; undefined when the repository does not have it. */
  resolve(reference: string): Promise<string | undefined> {
    return isDigest(reference)
      ? this.#link(revisionLink(this.name, reference))
      : this.#link(tagLink(this.name, reference));
  }

  /** A manifest's bytes, which have the digest. Undefined when the repository does not have it. */
  async manifest(digest: string): Promise<Buffer | undefined> {
    if ((await this.#link(revisionLink(this.name, digest))) === undefined) return undefined;
    const content = await readWhole(this.files, blobPath(digest), MAX_MANIFEST_BYTES);
    if (content === undefined) return undefined;
    return sha256(content) === digest ? content : undefined;
  }

  /** Bytes; undefined when the repository does not have the blob. */
  async blobSize(digest: string): Promise<number | undefined> {
    const target = await this.#link(layerLink(this.name, digest));
    return target === undefined ? undefined : this.files.size(blobPath(target));
  }

  openBlob(digest: string, range?: { start: number; end: number }): Promise<Readable | undefined> {
    return this.files.open(blobPath(digest), range);
  }

  async #link(path: string): Promise<string | undefined> {
    const content = await readWhole(this.files, path, MAX_LINK_BYTES);
    const digest = content?.toString('latin1').trim();
    return digest !== undefined && isDigest(digest) ? digest : undefined;
  }
}

export function sha256(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
