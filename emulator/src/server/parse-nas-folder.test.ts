import { describe, expect, it, test } from 'vitest';
import { parseNasFolder } from './parse-nas-folder.ts';

describe('--nas', () => {
  it('names a place of a file server and the folder that stands for it', () => {
    expect(parseNasFolder('nas://studio:/films/=/mnt/films')).toEqual({
      url: { server: 'nas://studio', segments: ['films'], isFolder: true },
      folder: '/mnt/films',
    });
  });

  it('may be for some accounts only', () => {
    expect(parseNasFolder('smb://vault/share=/mnt/a@b/share@1000002,1000003')).toMatchObject({
      folder: '/mnt/a@b/share',
      owners: ['1000002', '1000003'],
    });
  });

  test.each(['nas://studio/films', 'oss://b/a/=/mnt', 'nas://studio/=mnt', '/mnt=nas://studio/', ''])(
    'cannot be %j',
    (text) => {
      expect(() => parseNasFolder(text)).toThrow('--nas must look like');
    },
  );
});
