import { expect, it } from 'vitest';
import { attemptFolder } from './attempt-folder.ts';
import { forgetAttempt } from './forget-attempt.ts';
import { attemptSpec, attemptWorld } from './testing/attempt-world.ts';
import { UploadLedger } from './upload/upload-ledger.ts';

it('leaves no upload open of an attempt that is forgotten in the middle of one', async () => {
  await using world = await attemptWorld();
  const spec = attemptSpec();
  await world.run(spec);
  const ledger = await UploadLedger.read(attemptFolder(world.deps.attemptsFolder, spec.id).uploadsFile);
  const { uploadId } = await world.objects.startUpload('films', 'out/large');
  await ledger.begun('oss://films/out/large', { mark: '1', uploadId, partBytes: 1 });
  await ledger.close();
  await forgetAttempt(spec.id, world.deps);
  expect(await world.objects.listUploads('films')).toEqual([]);
});
