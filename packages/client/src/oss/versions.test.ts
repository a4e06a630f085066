import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { all } from '../testing/all.ts';
import { testServer } from '../testing/test-server.ts';

test('lists versions and delete markers of a key in the order in which they were made, the newest first', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  await objects.setVersioning('demo', 'Enabled');
  const steps = fc.array(fc.constantFrom('put', 'delete'), { minLength: 1, maxLength: 6 });
  let key = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (done) => {
      const name = `odd name+%/${(key += 1)}`;
      for (const step of done) {
        if (step === 'put') await objects.put('demo', name, 'x');
        else await objects.delete('demo', name);
      }
      const found = await all(objects.listVersions('demo', { prefix: name }));
      const expected = done.map((step) => (step === 'put' ? 'version' : 'marker')).toReversed();
      expect(found.filter((entry) => entry.key === name).map(({ kind }) => kind)).toEqual(expected);
    }),
    { numRuns: 12 },
  );
});

test('a bucket says whether it keeps versions', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  expect(await objects.versioning('demo')).toBeUndefined();
  await objects.put('demo', 'a', 'one');
  expect(await all(objects.listVersions('demo'))).toMatchObject([
    { kind: 'version', key: 'a', versionId: 'null', isLatest: true, size: 3 },
  ]);
  await objects.setVersioning('demo', 'Enabled');
  await objects.setVersioning('demo', 'Suspended');
  expect(await objects.versioning('demo')).toBe('Suspended');
});

test('copies within the store in one request, or in parts, with type and metadata', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  const content = Buffer.alloc(350_000, 'abc ');
  await objects.put('demo', 'dir/a b+é.png', content);
  const source = { bucket: 'demo', key: 'dir/a b+é.png' };
  for (const options of [{}, { partSize: 102_400 }]) {
    await objects.copy(source, 'demo', 'copy', options);
    const { body, contentType, crc64 } = await objects.get('demo', 'copy');
    expect((await buffer(body)).equals(content)).toBe(true);
    expect([contentType, crc64]).toEqual(['image/png', (await objects.head('demo', source.key)).crc64]);
  }
  await expect(objects.copy({ bucket: 'demo', key: 'nope' }, 'demo', 'copy')).rejects.toMatchObject({
    code: 'NoSuchKey',
  });
  expect(await objects.abortUploads('demo')).toBe(0);
});
