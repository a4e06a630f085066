import { expect, test } from 'vitest';
import { mappedFolder, placeIn } from './remote-place.ts';
import { slashed } from './slashed.ts';

test('Windows paths are compared without regard to slashes and the drive’s case; others stay', () => {
  expect(slashed('C:\\\\tmp\\\\\\x\\')).toBe('c:/tmp/x/');
  expect(slashed('d:')).toBe('d:');
  expect(slashed('/home/a\\b')).toBe('/home/a\\b');
});

test('pictures of a Windows task are found where its drive or folder goes', () => {
  const outputs = [
    { path: 'C:\\\\tmp\\\\', url: 'oss://films/out/' },
    { path: 'E:', url: 'oss://films/e/' },
  ];
  const key = (path: string): string | undefined => {
    const folder = mappedFolder(outputs, path.replace(/[^\\/]*$/, ''));
    return folder && placeIn(folder, path).key;
  };
  expect(key('C:\\tmp\\shot\\a0001.png')).toBe('out/shot/a0001.png');
  expect(key('e:/a.png')).toBe('e/a.png');
  expect(key('C:\\other\\a.png')).toBeUndefined();
});
