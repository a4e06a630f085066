import { createHash, type Hash } from 'node:crypto';

/** An MD5 of bytes that come piece by piece. Either `digest` or `discard` ends it. */
export interface Md5 {
  /** Resolves when more may come. The bytes may be changed afterwards. */
  update(chunks: readonly Uint8Array[]): Promise<void>;
  digest(): Promise<Buffer>;
  discard(): void;
}

/** On this thread: for bodies that are over before another thread would have begun. */
export function localMd5(): Md5 {
  const hash: Hash = createHash('md5');
  return {
    async update(chunks) {
      for (const chunk of chunks) hash.update(chunk);
    },
    digest: async () => hash.digest(),
    discard: () => undefined,
  };
}
