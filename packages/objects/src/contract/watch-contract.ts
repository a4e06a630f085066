import { describe, expect, test } from 'vitest';
import type { ObjectChange } from '../types.ts';
import { bodyOf } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

export function watchContract(getStore: GetStore): void {
  describe('watching', () => {
    test('a watcher hears of changes below its prefix, in order, until it stops', async () => {
      const store = getStore();
      const seen: string[] = [];
      const note = (change: ObjectChange) => {
        seen.push(
          change.kind === 'delete'
            ? `delete ${change.key}`
            : `${change.kind} ${change.info.key} ${change.info.size}`,
        );
      };
      const stop = store.watch('bucket', 'logs/', note);
      await store.put('bucket', 'logs/a', bodyOf('x'));
      await store.put('bucket', 'other', bodyOf('x'));
      await store.append('bucket', 'logs/b', 0, bodyOf('123'));
      await store.append('bucket', 'logs/b', 3, bodyOf('4'));
      await store.copy({ bucket: 'bucket', key: 'other' }, { bucket: 'bucket', key: 'logs/c' });
      await store.delete('bucket', 'logs/a');
      await store.delete('bucket', 'logs/never-there');
      const { uploadId } = await store.startUpload('bucket', 'logs/d');
      await store.putPart('bucket', 'logs/d', uploadId, 1, bodyOf('12'));
      await store.completeUpload('bucket', 'logs/d', uploadId, 'all');
      stop();
      await store.put('bucket', 'logs/late', bodyOf('x'));
      expect(seen).toEqual([
        'put logs/a 1',
        'append logs/b 3',
        'append logs/b 4',
        'put logs/c 1',
        'delete logs/a',
        'put logs/d 2',
      ]);
    });
  });
}
