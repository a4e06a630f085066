import {
  type ClusterInstanceView,
  type ClusterView,
  parseClusterChange,
  parseClusterDescription,
} from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { dagJob } from '../test-support/dag-job.ts';
import { type Farm, openFarm } from '../test-support/open-farm.ts';
import { FleetWorld } from './test-support/fleet-world.ts';

const ME = { owner: '1000001' };
const ALL = { marker: '', limit: 100 };
const LONG = 'duration=1h';

async function farmWith(simulate: string, slots = 1): Promise<Farm> {
  const farm = await openFarm({ simulate, slots });
  onTestFinished(() => farm.close());
  return farm;
}

/** A cluster with the group `g`, all of whose machines run. */
async function clusterOf(farm: Farm, count: number, more: object = {}): Promise<string> {
  const wanted = { Name: 'c', ImageId: 'img-ubuntu', Groups: { g: { DesiredVMCount: count } }, ...more };
  const { Id: id } = await farm.control.createCluster(ME, parseClusterDescription(wanted));
  await farm.run(async () => (await running(farm, id)) === count);
  return id;
}

const body = (image: string) =>
  parseClusterDescription({ Name: 'c', ImageId: image, Groups: { g: { DesiredVMCount: 0 } } });
const get = (farm: Farm, id: string): Promise<ClusterView> => farm.control.getCluster(ME, id);
const running = async (farm: Farm, id: string): Promise<number> => (await get(farm, id)).Metrics.RunningCount;
const nodes = async (farm: Farm, id: string): Promise<ClusterInstanceView[]> =>
  (await farm.control.listClusterInstances(ME, id, 'g', ALL)).Items;
const resize = (farm: Farm, id: string, count: number): Promise<void> =>
  farm.control.modifyCluster(ME, id, parseClusterChange({ Groups: { g: { DesiredVMCount: count } } }));

test('a new cluster is Active at once, and its machines come', async () => {
  const farm = await farmWith('boot=30s');
  const { Id: id } = await farm.control.createCluster(
    ME,
    parseClusterDescription({
      Name: 'c',
      ImageId: 'img-ubuntu',
      Groups: { g: { DesiredVMCount: 2, HostnamePrefix: 'render' } },
    }),
  );
  expect(id).toMatch(/^cls-[0-9a-z]{18}$/);
  expect(await get(farm, id)).toMatchObject({
    State: 'Active',
    Metrics: { StartingCount: 2, RunningCount: 0 },
  });
  await farm.run(async () => (await running(farm, id)) === 2);
  expect(await get(farm, id)).toMatchObject({
    OwnerId: 1_000_001,
    ErrorCode: '',
    Groups: { g: { DesiredVMCount: 2, ActualVMCount: 2, ResourceType: 'OnDemand', InstanceType: '' } },
    Configs: { Disks: {}, Mounts: {}, Networks: {} },
    Notification: { Topic: { Name: '', Endpoint: '', Events: [] } },
    Metrics: { StartingCount: 0, RunningCount: 2, StoppingCount: 0, StoppedCount: 0 },
  });
  const list = await nodes(farm, id);
  expect(list.map(({ HostName, State, ErrorCode }) => [HostName, State, ErrorCode])).toEqual([
    ['render001', 'Running', 0],
    ['render002', 'Running', 0],
  ]);
  expect(new Set(list.map(({ IpAddress }) => IpAddress)).size).toBe(2);
  const { OperationLogs: log } = await get(farm, id);
  expect(log[0]).toMatch(/^\[\d{4}-[\d:T.-]+Z\]Create cluster successfully\.$/);
  expect(log[1]).toMatch(/^\[[^\]]+\]\[g\]Create group successfully\.$/);
  expect(log.at(-1)).toMatch(/^\[[^\]]+\]\[g\]\[i-\w+\]Instance is active\.$/);
});

test('each machine has one instance at a time, and the slots of the server are not taken by them', async () => {
  const farm = await farmWith(LONG, 1);
  const id = await clusterOf(farm, 2);
  const { Id: onCluster } = await farm.control.submitJob(ME, dagJob({ a: { instances: 5, clusterId: id } }));
  const { Id: elsewhere } = await farm.control.submitJob(ME, dagJob({ a: { instances: 2 } }));
  const counts = async (job: string): Promise<number> =>
    (await farm.control.getJob(ME, job)).InstanceMetrics.RunningCount;
  await farm.run(async () => (await counts(onCluster)) === 2 && (await counts(elsewhere)) === 1);
  await farm.scheduler.settled();
  expect([await counts(onCluster), await counts(elsewhere)]).toEqual([2, 1]);
  const addresses = (await nodes(farm, id)).map(({ IpAddress }) => IpAddress);
  const { Items: instances } = await farm.control.listInstances(
    ME,
    onCluster,
    'a',
    { state: 'Running' },
    ALL,
  );
  expect(instances.map(({ NodeIp }) => NodeIp).toSorted()).toEqual(addresses.toSorted());
  const most: number[] = [];
  await farm.run(async () => {
    most.push(await counts(onCluster));
    return (await farm.control.getJob(ME, onCluster)).State === 'Finished';
  });
  expect(Math.max(...most)).toBe(2);
  expect((await farm.control.getJob(ME, onCluster)).InstanceMetrics.FinishedCount).toBe(5);
});

test('a job on a cluster without machines says why it waits, and runs when they come', async () => {
  const farm = await farmWith('boot=1m');
  const id = await clusterOf(farm, 0);
  const { Id: job } = await farm.control.submitJob(ME, dagJob({ a: { clusterId: id } }));
  const message = async (): Promise<string> => (await farm.control.getJob(ME, job)).Message;
  expect(await message()).toBe(`Waiting: cluster ${id} has no nodes: its DesiredVMCount is 0.`);
  await resize(farm, id, 1);
  expect(await message()).toBe(`Waiting for 1 free node of cluster ${id}: 0 busy, 1 starting.`);
  await farm.run();
  expect((await farm.control.getJob(ME, job)).State).toBe('Finished');
});

test('a smaller cluster loses its idle machines first, and a busy one when its instance has ended', async () => {
  const farm = await farmWith(LONG);
  const id = await clusterOf(farm, 3);
  const { Id: job } = await farm.control.submitJob(ME, dagJob({ a: { clusterId: id } }));
  await farm.run(async () => (await farm.control.getJob(ME, job)).State === 'Running');
  const { Items: instances } = await farm.control.listInstances(ME, job, 'a', {}, ALL);
  const busy = (await nodes(farm, id)).find(({ IpAddress }) => IpAddress === instances[0]?.NodeIp)?.Id;
  await resize(farm, id, 1);
  await farm.run(async () => (await nodes(farm, id)).length === 1);
  expect((await nodes(farm, id)).map((node) => node.Id)).toEqual([busy]);
  await resize(farm, id, 0);
  await farm.scheduler.settled();
  expect(await running(farm, id)).toBe(1);
  await farm.run();
  expect((await farm.control.getJob(ME, job)).State).toBe('Finished');
  expect(await nodes(farm, id)).toEqual([]);
  expect(await get(farm, id)).toMatchObject({ Groups: { g: { ActualVMCount: 0 } } });
});

test('deleting a machine lowers its group and its instance is run elsewhere, and a second time is refused', async () => {
  const farm = await farmWith(LONG);
  const id = await clusterOf(farm, 2);
  const { Id: job } = await farm.control.submitJob(ME, dagJob({ a: { instances: 2, clusterId: id } }));
  await farm.run(async () => (await farm.control.getJob(ME, job)).InstanceMetrics.RunningCount === 2);
  const [{ Id: nodeId } = { Id: '' }] = await nodes(farm, id);
  const address = { clusterId: id, group: 'g', nodeId };
  await farm.control.deleteClusterInstance(ME, address);
  expect(await farm.control.getClusterInstance(ME, address)).toMatchObject({ State: 'Deleting' });
  const refused = { status: 409, code: 'StateConflict' };
  await expect(farm.control.deleteClusterInstance(ME, address)).rejects.toMatchObject(refused);
  await expect(farm.control.recreateClusterInstance(ME, address)).rejects.toMatchObject(refused);
  await farm.run(async () => (await nodes(farm, id)).length === 1);
  await expect(farm.control.deleteClusterInstance(ME, address)).rejects.toMatchObject(refused);
  expect(await farm.control.getClusterInstance(ME, address)).toMatchObject({ State: 'Deleted' });
  expect(await get(farm, id)).toMatchObject({ Groups: { g: { DesiredVMCount: 1, ActualVMCount: 1 } } });
  await farm.run();
  expect(await farm.control.getJob(ME, job)).toMatchObject({ State: 'Finished', Message: '' });
  const { Items: instances } = await farm.control.listInstances(ME, job, 'a', {}, ALL);
  expect(instances.map(({ RetryCount }) => RetryCount).toSorted((a, b) => a - b)).toEqual([0, 1]);
});

test('a machine that is recreated comes back under a new id', async () => {
  const farm = await farmWith('');
  const id = await clusterOf(farm, 1);
  const [{ Id: nodeId } = { Id: '' }] = await nodes(farm, id);
  await farm.control.recreateClusterInstance(ME, { clusterId: id, group: 'g', nodeId });
  await farm.run(async () => (await nodes(farm, id)).every(({ State }) => State === 'Running'));
  expect((await nodes(farm, id)).map((node) => node.Id)).not.toContain(nodeId);
  expect(await get(farm, id)).toMatchObject({ Groups: { g: { DesiredVMCount: 1, ActualVMCount: 1 } } });
});

test('a deleted cluster is Deleting until its machines are gone, and jobs that need it fail with its name', async () => {
  const farm = await farmWith(LONG);
  const id = await clusterOf(farm, 1);
  const { Id: job } = await farm.control.submitJob(ME, dagJob({ a: { instances: 2, clusterId: id } }));
  await farm.run(async () => (await farm.control.getJob(ME, job)).State === 'Running');
  await farm.control.deleteCluster(ME, id);
  expect(await get(farm, id)).toMatchObject({ State: 'Deleting' });
  await expect(farm.control.deleteCluster(ME, id)).rejects.toMatchObject({
    status: 409,
    code: 'StateConflict',
  });
  expect(await farm.control.getJob(ME, job)).toMatchObject({
    State: 'Failed',
    Message: `Task a: cluster ${id} was deleted.`,
  });
  await expect(farm.control.submitJob(ME, dagJob({ a: { clusterId: id } }))).rejects.toMatchObject({
    code: 'InvalidDAG.Tasks.a.ClusterId',
  });
  await farm.run();
  await expect(get(farm, id)).rejects.toMatchObject({ status: 404, code: 'InvalidResource.NotFound' });
  expect((await farm.control.listClusters(ME, ALL)).Items).toEqual([]);
});

test('clusters are listed by id in pages, each to its owner only', async () => {
  const farm = await farmWith('');
  const made = [await clusterOf(farm, 0), await clusterOf(farm, 0), await clusterOf(farm, 0)];
  const first = await farm.control.listClusters(ME, { marker: '', limit: 2 });
  const rest = await farm.control.listClusters(ME, { marker: first.NextMarker, limit: 2 });
  expect([...first.Items, ...rest.Items].map(({ Id }) => Id)).toEqual(made);
  expect(rest.NextMarker).toBe('');
  const other = { owner: '2' };
  expect((await farm.control.listClusters(other, ALL)).Items).toEqual([]);
  const [id = ''] = made;
  await expect(farm.control.getCluster(other, id)).rejects.toMatchObject({ status: 404 });
  await expect(farm.control.deleteCluster(other, id)).rejects.toMatchObject({ status: 404 });
  await expect(farm.control.submitJob(other, dagJob({ a: { clusterId: id } }))).rejects.toMatchObject({
    code: 'InvalidDAG.Tasks.a.ClusterId',
  });
});

test('the same token makes one cluster, another request with it is refused, and so is an unknown image', async () => {
  const farm = await farmWith('');
  const first = await farm.control.createCluster(ME, body('img-ubuntu'), 't');
  expect(await farm.control.createCluster(ME, body('img-ubuntu'), 't')).toEqual(first);
  await expect(farm.control.createCluster(ME, body('rebatch/base'), 't')).rejects.toMatchObject({
    code: 'IdempotentTokenMismatch',
  });
  await expect(farm.control.createCluster(ME, body('img-nothing'))).rejects.toMatchObject({
    code: 'InvalidImageId',
  });
});

test('hundreds of machines serve a thousand instances', async () => {
  const farm = await farmWith('duration=5ms,boot=1s..9s');
  const id = await clusterOf(farm, 300);
  const { Id: job } = await farm.control.submitJob(ME, dagJob({ a: { instances: 1000, clusterId: id } }));
  await farm.run(async () => (await farm.control.getJob(ME, job)).State === 'Finished');
  expect((await farm.control.getJob(ME, job)).InstanceMetrics.FinishedCount).toBe(1000);
});

test('a cluster that finds no room gets its machines when others go', async () => {
  const world = new FleetWorld();
  world.limit = 2;
  const farm = await openFarm({ executor: world.executor() });
  onTestFinished(() => farm.close());
  const make = async (): Promise<string> => {
    const wanted = { Name: 'c', ImageId: 'img-ubuntu', Groups: { g: { DesiredVMCount: 2 } } };
    return (await farm.control.createCluster(ME, parseClusterDescription(wanted))).Id;
  };
  const [first, second] = [await make(), await make()];
  await farm.scheduler.settled();
  for (const machine of world.in('booting')) world.boot(machine);
  await farm.scheduler.settled();
  expect([await running(farm, first), await running(farm, second)]).toEqual([2, 0]);
  const { Id: job } = await farm.control.submitJob(ME, dagJob({ a: { clusterId: second } }));
  expect((await farm.control.getJob(ME, job)).Message).toBe(
    `Waiting for a node of cluster ${second}: other clusters have all that this server may have.`,
  );
  await farm.control.deleteCluster(ME, first);
  await farm.scheduler.settled();
  expect((await nodes(farm, second)).map(({ State }) => State)).toEqual(['Pending', 'Pending']);
});

test('a machine that cannot be had is tried for later and later, and the job says why it waits', async () => {
  const world = new FleetWorld();
  const farm = await openFarm({ executor: world.executor() });
  onTestFinished(() => farm.close());
  const wanted = { Name: 'c', ImageId: 'img-ubuntu', Groups: { g: { DesiredVMCount: 1 } } };
  const { Id: id } = await farm.control.createCluster(ME, parseClusterDescription(wanted));
  const { Id: job } = await farm.control.submitJob(ME, dagJob({ a: { clusterId: id } }));
  const failNext = async (): Promise<number> => {
    await farm.scheduler.settled();
    for (const machine of world.in('booting')) world.fail(machine);
    await farm.scheduler.settled();
    return world.machines.size;
  };
  // The second comes at once, the third after a second, the fourth after two.
  expect([await failNext(), await failNext()]).toEqual([1, 0]);
  expect((await farm.control.getJob(ME, job)).Message).toBe(
    `Waiting for a node of cluster ${id}, the last of which failed: no licence.`,
  );
  expect(await get(farm, id)).toMatchObject({ ErrorCode: 'BootstrapFailed' });
  farm.clock.advance(999);
  expect(await failNext()).toBe(0);
  farm.clock.advance(1);
  await farm.scheduler.settled();
  expect(await failNext()).toBe(0);
  farm.clock.advance(2000);
  await farm.scheduler.settled();
  for (const machine of world.in('booting')) world.boot(machine);
  await farm.scheduler.settled();
  expect(await get(farm, id)).toMatchObject({ ErrorCode: '', Metrics: { RunningCount: 1 } });
  expect((await get(farm, id)).OperationLogs).toContainEqual(
    expect.stringMatching(/\]BootstrapFailed: no licence$/),
  );
});
