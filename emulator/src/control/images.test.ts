import { parseJobDescription } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { type Farm, openFarm } from '../scheduler/test-support/open-farm.ts';

const ME = { owner: '1000001' };
const OTHER = { owner: '1000002' };
const PAGE = { marker: '', limit: 100 };
const STUDIO = {
  Name: 'studio',
  Description: 'ours',
  EcsImageId: 'studio/maya:7',
  Platform: 'Linux',
} as const;

async function farm(): Promise<Farm> {
  const opened = await openFarm({ slots: 0 });
  onTestFinished(() => opened.close());
  return opened;
}

test('an image is made, seen, listed and deleted by its owner and by nobody else', async () => {
  const { control } = await farm();
  const { Id: id } = await control.createImage(ME, STUDIO);
  expect(id).toMatch(/^img-[0-9a-f]{16}$/);
  expect(await control.getImage(ME, id)).toEqual({
    ...STUDIO,
    Id: id,
    OwnerId: 1_000_001,
    Type: 'Self',
    CreationTime: '2024-01-01T00:00:00.000000Z',
  });
  expect((await control.listImages(ME, 'Self', PAGE)).Items.map(({ Id }) => Id)).toEqual([id]);

  const unseen = { status: 404, code: 'InvalidResource.NotFound' };
  await expect(control.getImage(OTHER, id)).rejects.toMatchObject(unseen);
  await expect(control.deleteImage(OTHER, id)).rejects.toMatchObject(unseen);
  expect((await control.listImages(OTHER, 'Self', PAGE)).Items).toEqual([]);

  await control.deleteImage(ME, id);
  await expect(control.getImage(ME, id)).rejects.toMatchObject(unseen);
  await expect(control.deleteImage(ME, id)).rejects.toMatchObject(unseen);
});

test('everybody sees the images of the system, and nobody deletes them over the API', async () => {
  const { control } = await farm();
  for (const caller of [ME, OTHER]) {
    const { Items: items } = await control.listImages(caller, 'System', PAGE);
    expect(items.map(({ Id, Type, OwnerId }) => [Id, Type, OwnerId])).toEqual([
      ['img-ubuntu', 'System', 0],
      ['img-ubuntu-vpc', 'System', 0],
    ]);
  }
  await expect(control.deleteImage(ME, 'img-ubuntu')).rejects.toMatchObject({ status: 403 });
});

test('pages of images give each once, by id', async () => {
  const { control } = await farm();
  for (let n = 0; n < 5; n++) await control.createImage(ME, { ...STUDIO, Name: `n${n}` });
  const ids: string[] = [];
  let marker = '';
  do {
    const page = await control.listImages(ME, undefined, { marker, limit: 2 });
    ids.push(...page.Items.map(({ Id }) => Id));
    marker = page.NextMarker;
  } while (marker !== '');
  expect(ids).toHaveLength(7);
  expect(ids).toEqual([...new Set(ids)].toSorted());
});

test('the same request with the same token makes one image, another request is refused', async () => {
  const { control } = await farm();
  const first = await control.createImage(ME, STUDIO, 'token');
  expect(await control.createImage(ME, STUDIO, 'token')).toEqual(first);
  await expect(control.createImage(ME, { ...STUDIO, Name: 'x' }, 'token')).rejects.toMatchObject({
    code: 'IdempotentTokenMismatch',
  });
  expect((await control.createImage(OTHER, STUDIO, 'token')).Id).not.toBe(first.Id);
});

test('a job may use the own image of its owner only, and is refused while the image stands for nothing', async () => {
  const { control, store } = await farm();
  const { Id: id } = await control.createImage(ME, { ...STUDIO, EcsImageId: 'm-28sm92ds' });
  const job = parseJobDescription({
    Name: 'job',
    Type: 'DAG',
    DAG: {
      Tasks: { a: { Parameters: { Command: { CommandLine: 'true' } }, AutoCluster: { ImageId: id } } },
    },
  });
  await expect(control.submitJob(OTHER, job)).rejects.toMatchObject({
    code: 'InvalidDAG.Tasks.a.AutoCluster.ImageId',
    message: expect.stringContaining(`"${id}" is not known here`),
  });
  await expect(control.submitJob(ME, job)).rejects.toMatchObject({
    message: expect.stringContaining(`"${id}" stands for "m-28sm92ds"`),
  });
  const facts = { name: 'm', description: '', platform: 'Linux', createdAt: 0 } as const;
  store.saveImage({ id: 'm-28sm92ds', owner: '', target: 'studio/base:1', ...facts });
  await expect(control.submitJob(ME, job)).resolves.toHaveProperty('Id');
});

test('no more images are kept than the quota says', async () => {
  const { control, store } = await farm();
  store.saveQuota('', 'images', 1);
  store.saveQuota(OTHER.owner, 'images', 2);
  await control.createImage(ME, STUDIO);
  await expect(control.createImage(ME, STUDIO)).rejects.toMatchObject({
    status: 503,
    code: 'QuotaExhausted',
  });
  await control.createImage(OTHER, STUDIO);
  await control.createImage(OTHER, STUDIO);
  await expect(control.createImage(OTHER, STUDIO)).rejects.toMatchObject({ code: 'QuotaExhausted' });
});
