import { ClusterClient, type RemoteNode } from '@rebatch/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readObject } from '../support/read-object.ts';
import { run } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

/** Says who it is, asks the other for its port 4000, and serves its own until the other has asked. */
const PEER = `#!/usr/bin/env python3
import json, os, socket, subprocess, sys, urllib.request
me = socket.gethostname()
other = {'render001': 'render002', 'render002': 'render001'}[me]
server = socket.create_server(('', 4000))
address = subprocess.check_output(['getent', 'hosts', other], text=True).split()[0]
while True:
    try:
        with socket.create_connection((other, 4000), 1): break
    except OSError: pass
server.accept()
metadata = 'http://100.100.100.200/latest/'
read = lambda path: urllib.request.urlopen(metadata + path, timeout=10).read().decode()
print(me, 'met', other, flush=True)
print('boot', open('/root/booted').read().strip(), os.getuid())
print('scene', read('user-data/scene'), read('meta-data/hostname') == me)
key = json.loads(read('meta-data/ram/security-credentials/rebatch-task'))
print('own key', key['AccessKeyId'] == os.environ['OSS_ACCESS_KEY_ID'])
print('input', open('/home/in/words.txt').read().strip(), open('/ref/a').read().strip())
print('env', os.environ['BATCH_COMPUTE_CLUSTER_ID'], os.environ['BATCH_COMPUTE_WORKER_ID'][:2], os.environ['STUDIO'])
open('/home/out/' + os.environ['BATCH_COMPUTE_DAG_INSTANCE_ID'], 'w').write(address)
`;

/**
 * Says the machine’s name once the metadata address gives the task its own key; needs nothing but bash. The address may be
 * another test’s server’s, which ends: then it is two seconds until the next one has it.
 */
const NAME_WITH_KEY = `bash -c '
for n in $(seq 100); do
  ( exec 3<>/dev/tcp/100.100.100.200/80 &&
    printf "GET /latest/meta-data/ram/security-credentials/rebatch-task HTTP/1.0\\r\\n\\r\\n" >&3 &&
    grep -q "$OSS_ACCESS_KEY_SECRET" <&3 ) 2>/dev/null && exec hostname
  sleep 0.2
done
exit 1'`;

let server: StartedServer;
let clusters: ClusterClient;
beforeAll(async () => {
  server = await startServer({ slots: 1 });
  const { api: endpoint, accessKeyId, accessKeySecret } = server;
  clusters = new ClusterClient({ endpoint, accessKeyId, accessKeySecret });
});
afterAll(async () => {
  clusters.close();
  await server.dispose();
});

test('two machines boot, meet by name, read their user data and run a job; then the cluster shrinks and goes', async () => {
  const { client, objects } = server;
  await objects.makeBucket('farm');
  await objects.put('farm', 'in/words.txt', Buffer.from('pear\n'));
  await objects.put('farm', 'ref/a', Buffer.from('reference\n'));
  await objects.put('farm', 'peer', Buffer.from(PEER));
  const id = await clusters.createCluster({
    Name: 'farm',
    ImageId: 'img-ubuntu',
    Groups: { g: { DesiredVMCount: 2, ResourceType: 'OnDemand', HostnamePrefix: 'render' } },
    UserData: { scene: 'island' },
    EnvVars: { STUDIO: 'north' },
    Bootstrap: 'echo "$STUDIO $(cat /ref/a)" >/root/booted',
    Configs: { Mounts: { Entries: [{ Source: 'oss://farm/ref/', Destination: '/ref/' }] } },
  });
  const nodes = async (): Promise<RemoteNode[]> => (await clusters.listNodes(id, 'g')).Items;
  const isUp = async (count: number): Promise<boolean> => {
    const all = await nodes();
    return all.length === count && all.every(({ State }) => State === 'Running');
  };
  await until('both machines run', async () => isUp(2));

  const submit = async (name: string, count: number, command: object): Promise<string> =>
    client.createJob({
      Name: name,
      Type: 'DAG',
      DAG: {
        Tasks: {
          work: {
            InstanceCount: count,
            ClusterId: id,
            Timeout: 60,
            Parameters: {
              Command: { CommandLine: './peer', PackagePath: 'oss://farm/peer', ...command },
              StdoutRedirectPath: 'oss://farm/logs/',
              StderrRedirectPath: 'oss://farm/logs/',
            },
            InputMapping: { 'oss://farm/in/': '/home/in/' },
            OutputMapping: { '/home/out/': 'oss://farm/out/' },
          },
        },
        Dependencies: {},
      },
    });
  const ended = async (job: string) =>
    until(`job ${job} ends`, async () => {
      const seen = await client.getJob(job);
      return seen.EndTime !== '' && seen;
    });

  const meeting = await submit('meeting', 2, {});
  expect(await ended(meeting)).toMatchObject({ State: 'Finished', Message: '' });
  const { Items: instances } = await client.listInstances(meeting, 'work');
  const addresses = (await nodes()).map(({ IpAddress }) => IpAddress);
  expect(instances.map(({ NodeIp }) => NodeIp).toSorted()).toEqual(addresses.toSorted());
  const logs = await Promise.all(
    [0, 1].map(async (n) => readObject(objects, 'farm', `logs/stdout.${meeting}.work.${n}`)),
  );
  const facts = `boot north reference 0\nscene island True\nown key True\ninput pear reference\nenv ${id} i- north\n`;
  expect(logs.toSorted()).toEqual([`render001 met render002\n${facts}`, `render002 met render001\n${facts}`]);
  const seen = await Promise.all([0, 1].map(async (n) => readObject(objects, 'farm', `out/${n}`)));
  expect(seen.toSorted()).toEqual(addresses.toSorted());

  // In Docker: on the machine's network, under its name; one at a time on each of the two machines.
  const docker = { Docker: { Image: 'rebatch/base:latest' } };
  const queue = await submit('queue', 4, { CommandLine: NAME_WITH_KEY, PackagePath: '', ...docker });
  expect(await ended(queue)).toMatchObject({
    State: 'Finished',
    Message: '',
    InstanceMetrics: { FinishedCount: 4 },
  });
  const names = await Promise.all(
    [0, 1, 2, 3].map(async (n) => readObject(objects, 'farm', `logs/stdout.${queue}.work.${n}`)),
  );
  expect(new Set(names)).toEqual(new Set(['render001\n', 'render002\n']));

  await clusters.modifyCluster(id, { Groups: { g: { DesiredVMCount: 0 } } });
  await until('the machines are gone', async () => (await nodes()).length === 0);
  await clusters.deleteCluster(id);
  await until('the cluster is gone', async () => {
    for await (const cluster of clusters.clusters()) if (cluster.Id === id) return false;
    return true;
  });
});

test('a server that is killed finds machine and program again, and a machine that dies is replaced', async () => {
  const { client, objects } = server;
  await objects.makeBucket('night');
  const id = await clusters.createCluster({
    Name: 'night',
    ImageId: 'img-ubuntu',
    Groups: { g: { DesiredVMCount: 1, ResourceType: 'OnDemand' } },
    Bootstrap: 'echo boot >>/root/boots',
  });
  const theNode = async (): Promise<RemoteNode | undefined> => (await clusters.listNodes(id, 'g')).Items[0];
  const isUp = async (): Promise<RemoteNode | false> => {
    const node = await theNode();
    return node?.State === 'Running' && node;
  };
  const first = await until('the machine runs', isUp);
  const job = await client.createJob({
    Name: 'night',
    Type: 'DAG',
    DAG: {
      Tasks: {
        work: {
          ClusterId: id,
          Timeout: 120,
          Parameters: {
            Command: {
              CommandLine:
                'for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.2; done; cat /root/boots; echo $BATCH_COMPUTE_WORKER_ID; sleep 600',
            },
            StdoutRedirectPath: 'oss://night/logs/',
            StderrRedirectPath: 'oss://night/logs/',
          },
        },
      },
      Dependencies: {},
    },
  });
  const log = async (suffix = ''): Promise<string> =>
    readObject(objects, 'night', `logs/stdout.${job}.work.0${suffix}`).catch(() => '');
  const instance = async () => client.getInstance(job, 'work', 0);
  await until('the program runs', async () => (await instance()).State === 'Running');

  await server.restart();
  const said = `1\n2\n3\n4\n5\n6\n7\n8\nboot\n`;
  await until('the log is whole', async () => (await log()) === `${said}${first.Id}\n`);
  expect(await theNode()).toMatchObject({ Id: first.Id, State: 'Running' });
  expect(await instance()).toMatchObject({ State: 'Running', RetryCount: 0, NodeIp: first.IpAddress });

  await run('docker', ['kill', `rebatch-node-${first.Id}`]);
  const second = await until('another machine runs', async () => {
    const node = await isUp();
    return node !== false && node.Id !== first.Id && node;
  });
  await until('the program runs there', async () => (await log()) === `${said}${second.Id}\n`);
  expect(await instance()).toMatchObject({ State: 'Running', RetryCount: 1 });
  await client.stopJob(job);
  await clusters.deleteCluster(id);
  await until('the cluster is gone', async () => {
    const left = await Array.fromAsync(clusters.clusters());
    return left.every(({ Id }) => Id !== id);
  });
});
