import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UploadLedger } from './upload-ledger.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-ledger-'));
  file = join(folder, 'uploads');
});
afterEach(() => rm(folder, { recursive: true }));

describe('the ledger of uploads', () => {
  it('tells a later process what is up, what is half up, and what is not what it was', async () => {
    const first = await UploadLedger.read(file);
    await first.stored('oss://films/a\n"odd"', '1 2 3');
    await first.begun('oss://films/b', { mark: '4', uploadId: 'U', partBytes: 9 });
    await first.begun('oss://films/c', { mark: '5', uploadId: 'V', partBytes: 9 });
    await first.ended('oss://films/c');
    await first.close();
    const second = await UploadLedger.read(file);
    expect(second.isStored('oss://films/a\n"odd"', '1 2 3')).toBe(true);
    expect(second.isStored('oss://films/a\n"odd"', '1 2 4')).toBe(false);
    expect(second.isStored('oss://films/b', '4')).toBe(false);
    expect(second.openUploads()).toEqual([['oss://films/b', { mark: '4', uploadId: 'U', partBytes: 9 }]]);
  });

  it('survives a line that a crash cut', async () => {
    const first = await UploadLedger.read(file);
    await first.stored('a', '1');
    await first.close();
    await appendFile(file, '{"stored":"b","ma');
    const second = await UploadLedger.read(file);
    await second.stored('c', '3');
    await second.close();
    const third = await UploadLedger.read(file);
    expect(['a', 'b', 'c'].map((url) => third.isStored(url, { a: '1', b: '2', c: '3' }[url] ?? ''))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('that cannot be written costs a repetition, but no upload is begun that nobody knows of', async () => {
    const ledger = await UploadLedger.read(join(folder, 'missing', 'uploads'));
    await ledger.stored('a', '1');
    await ledger.ended('a');
    await expect(ledger.begun('a', { mark: '1', uploadId: 'U', partBytes: 9 })).rejects.toThrow('ENOENT');
    await ledger.close();
  });
});
