import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NULL_VERSION } from '../types.ts';
import type { ObjectStore } from '../object-store.ts';
import { bodyOf, readAll } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

/** Versions of each key in memory, the newest first; `text` is absent for delete markers. */
type Model = Map<string, { id: string; text: string | undefined }[]>;

type Step =
  | { do: 'put' | 'delete'; key: string }
  | { do: 'remove' | 'restore'; key: string; pick: number }
  | { do: 'switch'; to: 'Enabled' | 'Suspended' };

const key = fc.constantFrom('a', 'b');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('put' as const, 'delete' as const), key }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('remove' as const, 'restore' as const),
      key,
      pick: fc.nat(9),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('switch' as const),
      to: fc.constantFrom('Enabled' as const, 'Suspended' as const),
    }),
  },
);

function push(model: Model, name: string, id: string, text: string | undefined): void {
  const older = model.get(name) ?? [];
  // There is one version null of a key, and the last one written is it.
  model.set(name, [{ id, text }, ...older.filter((version) => id !== NULL_VERSION || version.id !== id)]);
}

/** Does a step in the store and in the model. The ids are the store's own, that they are kept is what is checked. */
async function play(store: ObjectStore, model: Model, action: Step, text: string): Promise<void> {
  if (action.do === 'switch') {
    await store.setVersioning('bucket', action.to);
    return;
  }
  const versions = model.get(action.key) ?? [];
  if (action.do === 'put') {
    push(model, action.key, (await store.put('bucket', action.key, bodyOf(text))).versionId, text);
  } else if (action.do === 'delete') {
    push(model, action.key, (await store.delete('bucket', action.key)).versionId ?? '', undefined);
  } else if ('pick' in action) {
    const picked = versions[action.pick % Math.max(versions.length, 1)];
    if (picked === undefined) {
      return;
    }
    const versionId = picked.id;
    if (action.do === 'remove') {
      await store.delete('bucket', action.key, { versionId });
      model.set(
        action.key,
        versions.filter(({ id }) => id !== versionId),
      );
    } else if (picked.text !== undefined) {
      const to = { bucket: 'bucket', key: action.key };
      push(model, action.key, (await store.copy({ ...to, versionId }, to)).versionId, picked.text);
    }
  }
}

async function readVersion(
  store: ObjectStore,
  name: string,
  versionId?: string,
): Promise<string | undefined> {
  try {
    return (await readAll((await store.get('bucket', name, undefined, versionId)).body)).toString();
  } catch {
    return undefined;
  }
}

export function randomVersionsContract(getStore: GetStore): void {
  test('whatever is done to versions, in whatever order, the store holds what memory would', async () => {
    const store = getStore();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        await store.setVersioning('bucket', 'Enabled');
        const model: Model = new Map();
        for (const [index, action] of steps.entries()) {
          await play(store, model, action, `text ${index}`);
        }
        const listed = (await store.listVersions('bucket')).versions;
        const wanted = [...model].toSorted(([a], [b]) => (a < b ? -1 : 1));
        expect(listed.map(({ key: name, versionId, isLatest }) => [name, versionId, isLatest])).toEqual(
          wanted.flatMap(([name, versions]) => versions.map(({ id }, index) => [name, id, index === 0])),
        );
        for (const [name, versions] of wanted) {
          expect(await readVersion(store, name)).toBe(versions[0]?.text);
          for (const { id, text } of versions) {
            expect(await readVersion(store, name, id)).toBe(text);
          }
        }
        for (const { key: name, versionId } of listed) {
          await store.delete('bucket', name, { versionId });
        }
        expect(await store.statBucket('bucket')).toEqual({
          objects: 0,
          bytes: 0,
          deleteMarkers: 0,
          uploads: 0,
        });
      }),
      { numRuns: 30 },
    );
  });
}
