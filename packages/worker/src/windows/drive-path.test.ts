import { expect, test } from 'vitest';
import { drivePath } from './drive-path.ts';

const at = (path: string): string => drivePath(path, (why) => new Error(why));

test('a drive is a folder, however it is written', () => {
  for (const drive of ['D:', 'd:', 'D:\\', 'D:/', 'D:\\\\']) expect(at(drive)).toBe('/drives/d/');
  expect(at('E:\\scenes\\a b\\')).toBe('/drives/e/scenes/a b/');
  expect(at('e:/scenes/x.max')).toBe('/drives/e/scenes/x.max');
});

test('backslashes that a client doubled count once', () => {
  expect(at('C:\\\\tmp\\\\\\2026_01_02\\\\')).toBe('/drives/c/tmp/2026_01_02/');
});

test('folders of the system disk are found in any case', () => {
  expect(at('C:\\Users\\Public\\x\\')).toBe('/drives/c/users/Public/x/');
  expect(at('c:\\PROGRAMDATA\\x')).toBe('/drives/c/ProgramData/x');
});

test('relative paths stay relative', () => {
  expect(at('out\\frames\\')).toBe('out/frames/');
});

test('what Windows cannot have as a path is refused, and so is its system', () => {
  expect(() => at('/home/x/')).toThrow('the task runs on Windows');
  expect(() => at('\\\\server\\share\\')).toThrow('the task runs on Windows');
  expect(() => at('D:scenes')).toThrow('no \\ after its drive');
  expect(() => at('D:\\a?b')).toThrow('does not allow');
  expect(() => at('C:')).toThrow('belongs to the system');
  expect(() => at('c:\\Windows\\System32\\')).toThrow('belongs to the system');
  expect(() => at('C:\\.\\windows\\')).toThrow('belongs to the system');
  expect(at('C:\\windowsill\\')).toBe('/drives/c/windowsill/');
});
