import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyOf, brokenBody, patternBytes, readAll } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

const wrong = (nextPosition: number) => ({ code: 'PositionNotEqualToLength', nextPosition });

export function appendContract(getStore: GetStore): void {
  const read = async (key: string) => readAll((await getStore().get('bucket', key)).body);

  describe('appends', () => {
    test('what is appended is readable at once, with length and checksum of the whole', async () => {
      const store = getStore();
      const first = await store.append('bucket', 'log', 0, bodyOf('1234'), { contentType: 'text/plain' });
      expect(first).toMatchObject({ nextPosition: 4, info: { type: 'Appendable', size: 4 } });
      const second = await store.append('bucket', 'log', 4, bodyOf('56789'), {
        contentType: 'ignored/later',
      });
      expect(second).toMatchObject({
        nextPosition: 9,
        info: { size: 9, crc64: '11051210869376104954', contentType: 'text/plain' },
      });
      expect(second.info.etag).not.toBe(first.info.etag);
      expect((await read('log')).toString()).toBe('123456789');
    });

    test('a wrong position is refused with the right one', async () => {
      const store = getStore();
      await expect(store.append('bucket', 'log', 3, bodyOf('x'))).rejects.toMatchObject(wrong(0));
      await store.append('bucket', 'log', 0, bodyOf('abc'));
      await expect(store.append('bucket', 'log', 0, bodyOf('x'))).rejects.toMatchObject(wrong(3));
      await expect(store.append('bucket', 'log', 99, bodyOf('x'))).rejects.toMatchObject(wrong(3));
      await expect(store.append('bucket', 'log', -1, bodyOf('x'))).rejects.toMatchObject({
        code: 'InvalidArgument',
      });
      expect((await read('log')).toString()).toBe('abc');
    });

    test('an empty append creates the object, or changes nothing', async () => {
      const store = getStore();
      await store.append('bucket', 'log', 0, bodyOf());
      expect(await store.head('bucket', 'log')).toMatchObject({ size: 0, crc64: '0', type: 'Appendable' });
      await store.append('bucket', 'log', 0, bodyOf('a'));
      await store.append('bucket', 'log', 1, bodyOf());
      expect((await read('log')).toString()).toBe('a');
    });

    test('an append changes attributes of the object only when it says so', async () => {
      const store = getStore();
      await store.append('bucket', 'log', 0, bodyOf('a'), { attributes: { acl: 'private', class: 'IA' } });
      const attributes = { acl: 'ignored', class: 'ignored' };
      await store.append('bucket', 'log', 1, bodyOf('b'), { attributes, changes: { acl: 'public-read' } });
      expect((await store.head('bucket', 'log')).attributes).toEqual({ acl: 'public-read', class: 'IA' });
      await store.append('bucket', 'log', 2, bodyOf('c'), { changes: { acl: undefined } });
      expect((await store.head('bucket', 'log')).attributes).toEqual({ class: 'IA' });
      const wrongly = store.append('bucket', 'log', 0, bodyOf('d'), { changes: { class: 'Archive' } });
      await expect(wrongly).rejects.toMatchObject(wrong(3));
      expect((await store.head('bucket', 'log')).attributes).toEqual({ class: 'IA' });
    });

    test('only appendable objects can be appended to, until they are replaced', async () => {
      const store = getStore();
      await store.put('bucket', 'key', bodyOf('abc'));
      await expect(store.append('bucket', 'key', 3, bodyOf('x'))).rejects.toMatchObject({
        code: 'ObjectNotAppendable',
      });
      await store.delete('bucket', 'key');
      await store.append('bucket', 'key', 0, bodyOf('log'));
      await store.put('bucket', 'key', bodyOf('normal'));
      expect((await store.head('bucket', 'key')).type).toBe('Normal');
    });

    test('of writers at the same position one wins and the others learn where the object ends', async () => {
      const store = getStore();
      const outcomes = await Promise.allSettled(
        ['aa', 'bb', 'cc'].map((text) => store.append('bucket', 'log', 0, bodyOf(text))),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toMatchObject([{ reason: wrong(2) }, { reason: wrong(2) }]);
      expect((await store.head('bucket', 'log')).size).toBe(2);
    });

    test('a body that breaks off adds nothing', async () => {
      const store = getStore();
      await store.append('bucket', 'log', 0, bodyOf('abc'));
      await expect(store.append('bucket', 'log', 3, brokenBody('def'))).rejects.toThrow('the line was cut');
      await store.append('bucket', 'log', 3, bodyOf('xyz'));
      expect((await read('log')).toString()).toBe('abcxyz');
    });

    test('a piece larger than memory allows is appended whole', async () => {
      const store = getStore();
      const pieces = [patternBytes(10, 1), patternBytes(3_000_000, 2), patternBytes(7, 3)];
      let position = 0;
      for (const piece of pieces) {
        ({ nextPosition: position } = await store.append('bucket', 'log', position, bodyOf(piece)));
      }
      expect((await read('log')).equals(Buffer.concat(pieces))).toBe(true);
    });

    test('a reader sees the object as it was when it began', async () => {
      const store = getStore();
      await store.append('bucket', 'log', 0, bodyOf('abc'));
      const { body } = await store.get('bucket', 'log');
      await store.append('bucket', 'log', 3, bodyOf('def'));
      expect((await readAll(body)).toString()).toBe('abc');
    });

    test('any sequence of pieces gives the bytes and the checksum of one put', async () => {
      const store = getStore();
      const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(pieces, async (chunks) => {
          run += 1;
          let position = 0;
          for (const chunk of chunks) {
            await expect(
              store.append('bucket', `log-${run}`, position + 1, bodyOf(chunk)),
            ).rejects.toMatchObject({
              nextPosition: position,
            });
            ({ nextPosition: position } = await store.append(
              'bucket',
              `log-${run}`,
              position,
              bodyOf(chunk),
            ));
          }
          const whole = await store.put('bucket', 'whole', bodyOf(...chunks));
          const log = await store.head('bucket', `log-${run}`);
          expect([log.size, log.crc64]).toEqual([whole.size, whole.crc64]);
          expect((await read(`log-${run}`)).equals(Buffer.concat(chunks))).toBe(true);
        }),
        { numRuns: 25 },
      );
    });
  });
}
