import { parseClusterDescription } from '@rebatch/model';
import { expect, test } from 'vitest';
import type { NodeRow } from './cluster-rows.ts';
import type { Store } from './store.ts';
import { temporaryStore } from './test-support/temporary-store.ts';

const GROUPS = { g: { DesiredVMCount: 1 } };

function storeWith(...ids: string[]): Store {
  const store = temporaryStore();
  const description = parseClusterDescription({ Name: 'c', ImageId: 'img-ubuntu', Groups: GROUPS });
  for (const id of ids) {
    store.saveCluster({ id, owner: '1', state: 'Active', errorCode: '', createdAt: 0, description });
  }
  return store;
}

const node = (id: string, part: Partial<NodeRow>): NodeRow => ({
  id,
  clusterId: 'cls-1',
  group: 'g',
  state: 'Running',
  hostName: id,
  ip: '',
  attempt: '',
  errorCode: 0,
  errorMessage: '',
  createdAt: 0,
  runningAt: null,
  endedAt: null,
  ...part,
});

test('a cluster keeps the last lines of its log, whatever others write, and none after its end', () => {
  const store = storeWith('cls-1', 'cls-2');
  store.addClusterLog('cls-2', 'other');
  for (let n = 1; n <= 250; n++) store.addClusterLog('cls-1', String(n));
  const lines = store.listClusterLog('cls-1');
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([200, '51', '250']);
  expect(store.listClusterLog('cls-2')).toEqual(['other']);
  store.deleteCluster('cls-1');
  expect(store.listClusterLog('cls-1')).toEqual([]);
});

test('a machine that is gone is found, not listed, and forgotten after a while', () => {
  const store = storeWith('cls-1');
  store.saveNode(node('i-1', {}));
  store.saveNode(node('i-2', { state: 'Deleted', endedAt: 1000 }));
  const page = { clusterId: 'cls-1', group: 'g', after: '', limit: 9 };
  expect(store.listNodes(page).map(({ id }) => id)).toEqual(['i-1']);
  expect(store.loadClusters()[0]?.nodes.map(({ id }) => id)).toEqual(['i-1']);
  expect(store.countNodes('cls-1')).toEqual([
    { group: 'g', state: 'Deleted', count: 1 },
    { group: 'g', state: 'Running', count: 1 },
  ]);
  store.purgeNodes(1000);
  expect(store.findNode('cls-1', 'g', 'i-2')?.state).toBe('Deleted');
  store.purgeNodes(1001);
  expect(store.findNode('cls-1', 'g', 'i-2')).toBeUndefined();
});
