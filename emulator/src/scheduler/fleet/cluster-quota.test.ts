import { parseClusterDescription } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { openFarm } from '../test-support/open-farm.ts';

const CLUSTER = parseClusterDescription({
  Name: 'c',
  ImageId: 'img-ubuntu',
  Groups: { g: { DesiredVMCount: 0 } },
});

test('an owner makes no more clusters than the quota says, and others do not mind', async () => {
  const farm = await openFarm();
  onTestFinished(() => farm.close());
  const [me, other] = [{ owner: '1000001' }, { owner: '1000002' }];
  farm.store.saveQuota(me.owner, 'clusters', 1);
  const first = await farm.control.createCluster(me, CLUSTER, 'token');
  await expect(farm.control.createCluster(me, CLUSTER)).rejects.toMatchObject({
    status: 503,
    code: 'QuotaExhausted',
    message: 'The quota of clusters is exhausted: 1.',
  });
  expect(await farm.control.createCluster(me, CLUSTER, 'token')).toEqual(first);
  await farm.control.createCluster(other, CLUSTER);
  await expect(farm.control.getCluster(other, first.Id)).rejects.toMatchObject({ status: 404 });
});
