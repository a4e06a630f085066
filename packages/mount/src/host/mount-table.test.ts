import { describe, expect, it } from 'vitest';
import { parseMountInfo } from './mount-table.ts';

describe('The table of mounts', () => {
  it('is read with blanks in paths, whatever optional fields there are', () => {
    const text = [
      '29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw',
      '91 29 0:57 / /run/a\\040b\\134c rw - fuse.rebatch rebatch rw',
      '92 29 0:58 / /run/m rw - overlay rebatch rw,lowerdir=/run/a\\040b/7,upperdir=/u,workdir=/w,uuid=on',
      '',
    ].join('\n');
    expect(parseMountInfo(text)).toEqual([
      { device: '254:0', mountPoint: '/' },
      { device: '0:57', mountPoint: '/run/a b\\c' },
      { device: '0:58', mountPoint: '/run/m', lower: '/run/a b/7' },
    ]);
  });
});
