import { mkdir, mkdtemp, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInside, pathOfHandle } from './open-inside.ts';

/** A folder `share` with links in it, beside a folder that is not its business. */
async function share() {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-place-'));
  const root = join(folder, 'share');
  await mkdir(join(root, 'films/shot'), { recursive: true });
  await mkdir(join(folder, 'secret'));
  await writeFile(join(folder, 'secret/key'), 'key');
  await writeFile(join(root, 'films/a'), 'a');
  await symlink('shot', join(root, 'films/latest'));
  await symlink('../../secret', join(root, 'films/out'));
  await symlink('/etc', join(root, 'etc'));
  await symlink('a', join(root, 'films/b'));
  return {
    root,
    open: async (path: string, kind: 'folder' | 'file' = 'folder', create = false): Promise<string> => {
      const handle = await openInside(root, path.split('/'), { kind, create });
      try {
        return (await readlink(pathOfHandle(handle))).slice(root.length + 1);
      } finally {
        await handle.close();
      }
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

describe('A place of a file server', () => {
  it('is opened where it lies, also behind links that stay inside', async () => {
    await using one = await share();
    expect(await one.open('films/shot')).toBe('films/shot');
    expect(await one.open('films/latest')).toBe('films/shot');
    expect(await one.open('films/a', 'file')).toBe('films/a');
    expect(await one.open('films/b', 'file')).toBe('films/a');
  });

  it.each(['films/out', 'films/out/sub', 'etc', 'etc/ssl'])(
    'is refused behind a link that leads out: %s',
    async (path) => {
      await using one = await share();
      await expect(one.open(path)).rejects.toThrow(/is behind a link that leads out|is not there/);
      await expect(one.open(path, 'folder', true)).rejects.toThrow(/link that leads out|is not there/);
      await expect(stat(join(one.root, '../secret/sub'))).rejects.toThrow('ENOENT');
    },
  );

  it('is refused when it is not there or of another kind', async () => {
    await using one = await share();
    await expect(one.open('films/none')).rejects.toThrow('"films/none" is not there');
    await expect(one.open('films/a')).rejects.toThrow('"films/a" is no folder');
    await expect(one.open('films/shot', 'file')).rejects.toThrow('"films/shot" is no file');
    await expect(openInside(join(one.root, 'none'), [], { kind: 'folder', create: true })).rejects.toThrow(
      'none is not there',
    );
  });

  it('is made when it may be', async () => {
    await using one = await share();
    expect(await one.open('films/latest/new/deep', 'folder', true)).toBe('films/shot/new/deep');
    expect((await stat(join(one.root, 'films/shot/new/deep'))).isDirectory()).toBe(true);
  });
});
