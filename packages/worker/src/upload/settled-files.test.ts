import { describe, expect, it } from 'vitest';
import { type SeenFile, SettledFiles } from './settled-files.ts';

function file(path: string, inode: number, content = 'c', changed = 1): SeenFile {
  return { path, state: { file: `1 ${inode}`, content, mark: `1 ${inode} ${content} ${changed}` } };
}

/** Paths that each look finds finished. */
function looks(...each: SeenFile[][]): string[][] {
  const settled = new SettledFiles();
  return each.map((files) => settled.look(files, 2).map(({ path }) => path));
}

describe('a file of a running program', () => {
  it('is finished when two looks in a row found it the same', () => {
    expect(looks([file('a', 1)], [file('a', 1)])).toEqual([[], ['a']]);
  });

  it('is not while it changes, grows or is another one under the same name', () => {
    const changing = [
      file('a', 1),
      file('a', 1, 'c', 2),
      file('a', 1, 'longer', 2),
      file('a', 2, 'longer', 2),
    ];
    expect(looks(...changing.map((one) => [one]))).toEqual([[], [], [], []]);
  });

  it('is finished at once when it was moved there as it was', () => {
    expect(looks([file('a.tmp', 1)], [file('a', 1, 'c', 2)])).toEqual([[], ['a']]);
  });

  it('is not when its other name is still there, or when it changed on its way', () => {
    expect(looks([file('a.tmp', 1)], [file('a.tmp', 1, 'c', 2), file('a', 1, 'c', 2)])).toEqual([[], []]);
    expect(looks([file('a.tmp', 1)], [file('a', 1, 'longer', 2)])).toEqual([[], []]);
  });
});
