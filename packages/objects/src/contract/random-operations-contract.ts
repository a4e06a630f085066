import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, patternBytes, readAll } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';
import { ObjectStoreError } from '../object-store-error.ts';
import type { ObjectStore } from '../object-store.ts';

/** What a bucket holds, kept in memory: the law that the store is held to. */
type Model = Map<string, { bytes: Buffer; appendable: boolean }>;

type Step =
  | { do: 'put'; key: string; bytes: Buffer }
  | { do: 'append'; key: string; bytes: Buffer }
  | { do: 'delete'; key: string }
  | { do: 'copy'; key: string; to: string }
  | { do: 'upload'; key: string; parts: Buffer[] };

const key = fc.constantFrom('a', 'a/b', 'c', '__proto__');
const bytes = fc
  .tuple(fc.constantFrom(0, 1, 100, 32_768, 32_769, 70_000), fc.nat(1000))
  .map(([length, seed]) => patternBytes(length, seed));
const part = fc.nat(1000).map((seed) => patternBytes(102_400, seed));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('put' as const), key, bytes }),
  fc.record({ do: fc.constant('append' as const), key, bytes }),
  fc.record({ do: fc.constant('delete' as const), key }),
  fc.record({ do: fc.constant('copy' as const), key, to: key }),
  fc.record({
    do: fc.constant('upload' as const),
    key,
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  }),
);

/** The code with which a call failed; nothing when it did not. */
async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return error instanceof ObjectStoreError ? error.code : String(error);
  }
}

/** Does the step in the store and in the model; gives how each of them answered. */
async function play(
  store: ObjectStore,
  model: Model,
  action: Step,
): Promise<[got: unknown, wanted: unknown]> {
  const old = model.get(action.key);
  if (action.do === 'put') {
    model.set(action.key, { bytes: action.bytes, appendable: false });
    return [await codeOf(store.put('bucket', action.key, bodyOf(action.bytes))), undefined];
  }
  if (action.do === 'delete') {
    model.delete(action.key);
    return [await codeOf(store.delete('bucket', action.key)), undefined];
  }
  if (action.do === 'append') {
    const got = await codeOf(
      store.append('bucket', action.key, old?.bytes.length ?? 0, bodyOf(action.bytes)),
    );
    if (old?.appendable === false) {
      return [got, 'ObjectNotAppendable'];
    }
    const whole = Buffer.concat([old?.bytes ?? Buffer.alloc(0), action.bytes]);
    model.set(action.key, { bytes: whole, appendable: true });
    return [got, undefined];
  }
  if (action.do === 'copy') {
    const to = { bucket: 'bucket', key: action.to };
    const got = await codeOf(store.copy({ bucket: 'bucket', key: action.key }, to));
    if (old === undefined) {
      return [got, 'NoSuchKey'];
    }
    model.set(action.to, { ...old, appendable: old.appendable && action.to === action.key });
    return [got, undefined];
  }
  const { uploadId } = await store.startUpload('bucket', action.key);
  await Promise.all(
    action.parts.map((piece, index) =>
      store.putPart('bucket', action.key, uploadId, index + 1, bodyOf(piece)),
    ),
  );
  model.set(action.key, { bytes: Buffer.concat(action.parts), appendable: false });
  return [await codeOf(store.completeUpload('bucket', action.key, uploadId, 'all')), undefined];
}

export function randomOperationsContract(getStore: GetStore): void {
  test('whatever is done, in whatever order, the store holds what memory would', async () => {
    const store = getStore();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const model: Model = new Map();
        for (const action of steps) {
          const [got, wanted] = await play(store, model, action);
          expect(got).toBe(wanted);
        }
        const { objects } = await store.list('bucket');
        expect(objects.map((object) => object.key)).toEqual([...model.keys()].toSorted());
        for (const [name, { bytes: expected, appendable }] of model) {
          const { info, body } = await store.get('bucket', name);
          expect(info.type === 'Appendable').toBe(appendable);
          expect((await readAll(body)).equals(expected)).toBe(true);
          const fresh = await store.put('bucket', 'fresh', bodyOf(expected));
          expect([info.size, info.crc64]).toEqual([fresh.size, fresh.crc64]);
        }
        await Promise.all([...model.keys(), 'fresh'].map((name) => store.delete('bucket', name)));
      }),
      { numRuns: 40 },
    );
  });
}
