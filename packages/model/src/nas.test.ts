import { describe, expect, it, test } from 'vitest';
import { type NasFolder, nasPlace, parseNasUrl } from './nas.ts';

test.each([
  ['nas://studio:/films/', 'nas://studio', ['films'], true],
  ['nas://studio/films', 'nas://studio', ['films'], false],
  ['nas://Studio//films/./a/', 'nas://studio', ['films', 'a'], true],
  ['nas://1.nas.test:/data/!', 'nas://1.nas.test', ['data'], true],
  ['smb://studio/share/', 'smb://studio', ['share'], true],
  ['nas://studio/', 'nas://studio', [], true],
])('%s is a place of %s', (url, server, segments, isFolder) => {
  expect(parseNasUrl(url)).toEqual({ server, segments, isFolder });
});

test.each([
  'nas://studio',
  'nas://studio:/a/../b',
  'nas://stu dio/',
  'oss://studio/a',
  'nas://:/a',
  'nas://h/a\0',
])('%s is no place of a file server', (url) => {
  expect(parseNasUrl(url)).toBeUndefined();
});

function folder(url: string, path: string, owners?: string[]): NasFolder {
  const parsed = parseNasUrl(url);
  if (parsed === undefined) throw new Error(`${url} is no URL`);
  return { url: parsed, folder: path, ...(owners === undefined ? {} : { owners }) };
}

describe('Where a file server lies on this host', () => {
  const folders = [
    folder('nas://studio/', '/mnt/studio'),
    folder('nas://studio/films/', '/mnt/films'),
    folder('nas://vault/', '/mnt/vault', ['1000002']),
  ];
  const place = (url: string, owner = '1000001') => nasPlace(folders, owner, url);

  it('is told by the longest beginning of its URL', () => {
    expect(place('nas://studio:/films/shot/1.exr')).toEqual({
      root: '/mnt/films',
      segments: ['shot', '1.exr'],
      isFolder: false,
    });
    expect(place('nas://studio:/filmset/')).toEqual({
      root: '/mnt/studio',
      segments: ['filmset'],
      isFolder: true,
    });
  });

  it('is not told to an account that it is not for, nor for what is not mapped, but how to map it', () => {
    expect(place('nas://vault/a/', '1000002')).toMatchObject({ root: '/mnt/vault' });
    expect(place('nas://vault/a/')).toEqual({
      problem:
        'No folder of this host stands for it. The operator maps one: rebatch serve --nas nas://vault/=/FOLDER',
    });
    expect(place('smb://studio/films/')).toMatchObject({
      problem: expect.stringContaining('smb://studio/='),
    });
  });
});
