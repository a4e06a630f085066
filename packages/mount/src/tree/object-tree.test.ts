import { posix } from 'node:path';
import type { ObjectInfo } from '@rebatch/objects';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectTree } from './object-tree.ts';

function info(key: string): ObjectInfo {
  return {
    bucket: 'films',
    key,
    versionId: 'null',
    size: 0,
    etag: '',
    crc64: '0',
    lastModified: 0,
    type: 'Normal',
    contentType: '',
    userMetadata: {},
    headers: {},
    attributes: {},
  };
}

function treeOf(prefix: string, keys: string[]): { folders: string[]; files: string[] } {
  const tree = objectTree(prefix, keys.map(info));
  return { folders: [...tree.folders], files: [...tree.files.keys()] };
}

describe('a prefix seen as a folder', () => {
  it('shows keys below the prefix as files in folders', () => {
    expect(treeOf('in/', ['in/a.txt', 'in/x/y/b.txt'])).toEqual({
      folders: ['x', 'x/y'],
      files: ['a.txt', 'x/y/b.txt'],
    });
  });

  it('shows a placeholder as an empty folder, and its own placeholder not at all', () => {
    expect(treeOf('in/', ['in/', 'in/empty/'])).toEqual({ folders: ['empty'], files: [] });
  });

  it('lets a folder win over an object of the same name, whichever comes first', () => {
    expect(treeOf('', ['a', 'a/b'])).toEqual({ folders: ['a'], files: ['a/b'] });
    expect(treeOf('', ['a/b', 'a'])).toEqual({ folders: ['a'], files: ['a/b'] });
  });

  it('hides keys that are no paths', () => {
    const odd = ['../up', 'a/../../up', './dot', 'a//b', '/root', 'nul\0byte', 'n'.repeat(256)];
    expect(treeOf('', odd)).toEqual({ folders: [], files: [] });
  });

  it('never leads out of the mount and never shows a name twice', () => {
    const segment = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'b', '\0'), fc.string());
    const key = fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const { folders, files } = treeOf('', keys);
        for (const path of [...folders, ...files]) expect(posix.resolve('/m', path)).toBe(`/m/${path}`);
        expect(new Set([...folders, ...files]).size).toBe(folders.length + files.length);
        const parents = files.map((file) => posix.dirname(file)).filter((parent) => parent !== '.');
        expect(folders).toEqual(expect.arrayContaining(parents));
      }),
    );
  });
});
