import { expect, test } from 'vitest';
import { asRemoteFolder, isRemoteFolder, mappingPair } from './mapping.ts';

test.each([
  ['oss://demo/a', '/home/a', 'oss://demo/a', '/home/a'],
  ['oss://demo/a/', '/home/a', 'oss://demo/a/', '/home/a/'],
  ['oss://demo/a', '/home/a/', 'oss://demo/a/', '/home/a/'],
  ['oss://demo', '/home/a', 'oss://demo/', '/home/a/'],
  ['oss://demo/a/', 'D:', 'oss://demo/a/', 'D:'],
  ['oss://demo/a', 'D:', 'oss://demo/a/', 'D:'],
  ['oss://demo/a/', 'C:\\\\tmp\\\\x', 'oss://demo/a/', 'C:\\tmp\\x\\'],
  ['oss://demo/a/', 'c:/dir', 'oss://demo/a/', 'c:/dir/'],
  ['oss://demo/a', '/home//a', 'oss://demo/a', '/home/a'],
  ['nas://1.nas.test:/data/!', 'E:', 'nas://1.nas.test:/data/!', 'E:'],
  ['nas://studio/data', '/home/nas/', 'nas://studio/data/', '/home/nas/'],
  ['smb://studio/share/', '/home/share/', 'smb://studio/share/', '/home/share/'],
])('the pair %s, %s is read as %s, %s', (url, path, expectedUrl, expectedPath) => {
  expect(mappingPair(url, path, 'oss-or-nas')).toEqual({ url: expectedUrl, path: expectedPath });
});

test.each([
  ['nas://1.nas.test:/data/', '/home/', 'oss', 'It must look like oss://bucket/key.'],
  ['nas://1.nas.test', '/home/', 'oss-or-nas', 'It must look like nas://host:/path/.'],
  ['lustre:/x/y/', '/home/', 'oss-or-nas', 'It must look like oss://bucket/key.'],
  ['nas://x/../y/', '/home/', 'oss-or-nas', 'It must look like nas://host:/path/.'],
  ['oss://demo/a', '/', 'oss', 'It must not be the root folder.'],
  ['oss://demo/a', '/home/../etc', 'oss', 'It must not contain "." or ".." as a folder.'],
  ['oss://demo/a', 'C:\\a\\..\\b', 'oss', 'It must not contain "." or ".." as a folder.'],
  ['oss://demo/a', 'C:a', 'oss', 'It must be an absolute path, as /home/data/ or D:\\data\\.'],
  ['oss://demo/a', '/a\0b', 'oss', 'It must not contain control characters.'],
  ['oss://demo/a', `/${'a'.repeat(5000)}`, 'oss', 'Its length must be in [1, 4096].'],
] as const)('the pair %s, %s cannot be used (%s)', (url, path, kind, problem) => {
  expect(mappingPair(url, path, kind)).toEqual({ problem });
});

test('a folder on the remote side is told by its last character', () => {
  expect(['oss://b-1/', 'oss://b-1', 'oss://b-1/a/', 'nas://h:/a/!'].every(isRemoteFolder)).toBe(true);
  expect(isRemoteFolder('oss://b-1/a')).toBe(false);
  expect(asRemoteFolder('oss://b-1/a')).toBe('oss://b-1/a/');
  expect(asRemoteFolder('nas://h:/a/!')).toBe('nas://h:/a/!');
});
