import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type ClientContainer, startClientContainer } from '../support/client-container.ts';
import { deadlineStandIn } from '../support/deadline.ts';
import { nodeSdk } from '../support/node-sdk.ts';
import { buildPython2Clients, PYTHON2_CLIENTS } from '../support/python2-clients.ts';
import { until } from '../support/until.ts';
import { startVendorServer, type VendorServer } from '../support/vendor-server.ts';

const REGION = 'cn-qingdao';
/** Tests of the package that its own code has outgrown: they fail before anything is sent to a server. */
const STALE = [
  'resources.test_cluster.ClusterDescriptionTest.testClusterDescription',
  'test_response.ResponseTest.testDisk',
  'test_response.ResponseTest.testImage',
];
const OUTCOMES = z.record(z.string(), z.string());
const MACHINES = z.array(z.object({ HostName: z.string(), State: z.string() }));

let vendor: VendorServer | undefined;
let machine: ClientContainer | undefined;
let folder: string;
beforeAll(buildPython2Clients, 300_000);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-python2-'));
});
afterEach(async () => {
  await machine?.stop();
  await vendor?.server.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function start(simulate: string): Promise<{ server: VendorServer['server']; client: ClientContainer }> {
  vendor = await startVendorServer(REGION, [], { executor: 'simulated', simulate, slots: 8 });
  machine = await startClientContainer({ image: PYTHON2_CLIENTS, folder, hosts: vendor.hosts });
  return { server: vendor.server, client: machine };
}

test('the tests that the Python SDK ships pass, over HTTPS and under the vendor’s name', async () => {
  const { server, client } = await start('duration=300ms,boot=4s');
  const settings = [
    ['service', `bcs_access_id = ${server.accessKeyId}\nbcs_access_key = ${server.accessKeySecret}`],
    ['service', `endpoint = batchcompute.${REGION}.aliyuncs.com\nregion = ${REGION}`],
    ['oss', `host = oss-${REGION}.aliyuncs.com\nbucket = sdk-tests`],
    ['image', 'linux = img-ubuntu\nwindows = img-ubuntu'],
  ];
  const sections = Object.entries(Object.groupBy(settings, ([name = '']) => name));
  const ini = sections.map(
    ([name, lines = []]) => `[${name}]\n${lines.map(([, line]) => line).join('\n')}\n`,
  );
  await writeFile(join(folder, 'pythonsdk.ini'), ini.join(''));
  const run = await client.run(['jython', '/clients/python2/sdk_suite.py']);
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });

  const outcomes = OUTCOMES.parse(JSON.parse(await readFile(join(folder, 'suite.json'), 'utf8')));
  const failed = Object.entries(outcomes).filter(([, outcome]) => outcome !== 'passed');
  expect(failed.map(([name]) => name).toSorted(), JSON.stringify(failed)).toEqual(STALE);
  expect(Object.keys(outcomes).filter((name) => name.startsWith('test_client.'))).toHaveLength(22);
  expect(Object.keys(outcomes)).toHaveLength(52);
});

test('the auto-scaler grows a cluster with the queue of its pool and shrinks it again', async () => {
  const { server, client } = await start('duration=1s');
  const call = nodeSdk(server);
  const group = { DesiredVMCount: 1, InstanceType: 'ecs.sn1ne.large', ResourceType: 'OnDemand' };
  const created = await call('createCluster', {
    Name: 'farm',
    ImageId: 'img-ubuntu',
    Groups: { group1: group },
  });
  const ClusterId = String(created['Id']);
  const deadline = await deadlineStandIn('pool1');
  onTestFinished(() => deadline.close());
  await writeFile(
    join(folder, 'config.ini'),
    `[common]
server_type = deadline-pool
log_name = /case/scaler.log
moniter_interval = 1
create_instance_threshold = 1.0
access_key_id = ${server.accessKeyId}
access_key_secret = ${server.accessKeySecret}
[deadline_config]
server_ip = 127.0.0.1
server_port = ${deadline.port}
[pool1]
region = ${REGION}
cluster_id = ${ClusterId}
group_name = group1
hostname_prefix =
max_instance_count = 40
min_instance_count = 1
`,
  );

  const settled = (count: number): Promise<string[]> =>
    until(`the cluster has ${count} machines, all of them in the pool`, async () => {
      const page = { ClusterId, GroupName: 'group1', MaxItemCount: 100 };
      const machines = MACHINES.parse((await call('listClusterInstances', page))['Items']);
      const running = machines.filter(({ State }) => State === 'Running').map(({ HostName }) => HostName);
      const inPool = running.every((name) => deadline.hosts.has(name)) && deadline.hosts.size === count;
      return running.length === count && inPool && running;
    });
  // Three pages of ten.
  deadline.queue(23);
  const program = 'from auto_scaling.main import main; main()';
  const scaling = client.run(['jython', '-c', program, '-c', '/case/config.ini']).catch(() => undefined);
  const many = await settled(23);
  deadline.queue(3);
  const few = await settled(3);
  expect(many).toEqual(expect.arrayContaining(few));
  expect(await call('getCluster', { ClusterId })).toMatchObject({
    Groups: { group1: { DesiredVMCount: 3, ActualVMCount: 3 } },
  });
  expect(await readFile(join(folder, 'scaler.log'), 'utf8')).not.toMatch(/\[ERROR\]|Failed/);
  await client.stop();
  await scaling;
});
