import { describe, expect, test } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { parseClusterDescription } from './parse-cluster.ts';

const CLUSTER = { Name: 'c1', ImageId: 'img-ubuntu', Groups: { workers: { DesiredVMCount: 2 } } };

test('a cluster as the Python SDK sends it is accepted', () => {
  expect(
    parseClusterDescription({
      Groups: { g1: { ResourceType: 'OnDemand', DesiredVMCount: 2 } },
      UserData: {},
      DependencyIsvService: '',
      Name: 'py-cls',
      ImageId: 'img-ubuntu',
      Configs: { Networks: { VPC: { CidrBlock: '192.168.0.0/16' }, Classic: {} }, Mounts: {} },
      Notification: { Topic: { Name: '', Endpoint: '', Events: [], UserData: '', UserTemplate: '' } },
    }),
  ).toEqual({
    Name: 'py-cls',
    Description: '',
    ImageId: 'img-ubuntu',
    Groups: { g1: { DesiredVMCount: 2, ResourceType: 'OnDemand' } },
    UserData: {},
    EnvVars: {},
    Bootstrap: '',
    Configs: { Networks: { VPC: { CidrBlock: '192.168.0.0/16' } } },
  });
});

test('a group may have no machines at all', () => {
  const cluster = parseClusterDescription({ ...CLUSTER, Groups: { g: { DesiredVMCount: 0 } } });
  expect(cluster.Groups['g']?.DesiredVMCount).toBe(0);
});

test('the events of a topic keep their order', () => {
  const topic = {
    Name: 't',
    Endpoint: 'http://mq.example.test/',
    Events: ['OnInstanceActive', 'OnClusterDeleted'],
  };
  expect(parseClusterDescription({ ...CLUSTER, Notification: { Topic: topic } }).Notification).toEqual({
    Topic: topic,
  });
});

describe('a cluster is refused with the documented codes', () => {
  test.each([
    [{ Name: '' }, 'MissingName: Name is mandatory for this action.'],
    [{ ImageId: '' }, 'MissingImageId: ImageId is mandatory for this action.'],
    [{ Groups: {} }, 'MissingGroups: Groups is mandatory for this action.'],
    [{ Groups: 'g' }, 'InvalidGroups: Specified parameter Groups is not valid. Its type must be object.'],
    [
      { Groups: { g: 'x' } },
      'InvalidGroups.g: Specified parameter Groups.g is not valid. Its type must be object.',
    ],
    [
      { Groups: { ['g'.repeat(65)]: {} } },
      `InvalidGroups.${'g'.repeat(65)}: Specified parameter Groups.${'g'.repeat(65)} is not valid. Its size must be in [1, 64].`,
    ],
    [{ Groups: { g: {} } }, 'MissingDesiredVMCount: DesiredVMCount is mandatory for this action.'],
    [
      { Groups: { g: { DesiredVMCount: 'x' } } },
      'InvalidDesiredVMCount: Specified parameter DesiredVMCount is not valid. Its type must be integer. (Groups.g)',
    ],
    [
      { Groups: { g: { DesiredVMCount: 65_537 } } },
      'InvalidDesiredVMCount: Specified parameter DesiredVMCount is not valid. It must be in [0, 65536]. (Groups.g)',
    ],
    [
      { Notification: { Topic: { Name: 't', Events: ['OnLunch'] } } },
      expect.stringContaining('InvalidNotification.Topic.Events.0: '),
    ],
  ])('%j', (fields, expected) => {
    const { status, code, message } = refusal(() => parseClusterDescription({ ...CLUSTER, ...fields }));
    expect(status).toBe(400);
    expect(`${code}: ${message}`).toEqual(expected);
  });
});
