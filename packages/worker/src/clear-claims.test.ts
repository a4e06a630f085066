import { expect, it } from 'vitest';
import { clearClaims } from './clear-claims.ts';
import { attemptWorld } from './testing/attempt-world.ts';

it('removes the claims of a job and nothing else, and nothing of another account', async () => {
  await using world = await attemptWorld();
  await world.put('out/.rebatch/job-1/claims/render/1', '');
  await world.put('out/.rebatch/job-1/claims/render/-2', '');
  await world.put('out/.rebatch/job-1/thumbs/1.jpg', '');
  await world.put('out/.rebatch/job-2/claims/render/1', '');
  await world.put('out/result/0001.png', '');
  await world.objects.put('foreign', '.rebatch/job-1/claims/render/1', noBytes());
  const outputs = ['oss://films/out/', 'oss://films/rc', 'oss://foreign/', 'oss://gone/', 'nas://x/'];
  await clearClaims({ id: 'job-1', owner: '1', outputs }, world.objects);
  expect(await world.keys()).toEqual([
    'out/.rebatch/job-1/thumbs/1.jpg',
    'out/.rebatch/job-2/claims/render/1',
    'out/result/0001.png',
  ]);
  expect((await world.objects.list('foreign')).objects).toHaveLength(1);
});

it('leaves no versions behind in a bucket that keeps them', async () => {
  await using world = await attemptWorld();
  await world.put('out/.rebatch/job-1/claims/render/1', 'from before versions were kept');
  await world.objects.setVersioning('films', 'Enabled');
  for (const attempt of ['0', '1']) await world.put('out/.rebatch/job-1/claims/render/1', attempt);
  await world.put('out/.rebatch/job-1/claims/render/2', '');
  await world.objects.delete('films', 'out/.rebatch/job-1/claims/render/2');
  await clearClaims({ id: 'job-1', owner: '1', outputs: ['oss://films/out/'] }, world.objects);
  expect((await world.objects.listVersions('films')).versions).toEqual([]);
});

async function* noBytes(): AsyncGenerator<Uint8Array> {}
