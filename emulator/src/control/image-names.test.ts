import { type JobDescription, parseJobDescription, type TaskDescription } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { openFarm } from '../scheduler/test-support/open-farm.ts';
import { resolveImage, storedImages } from './image-names.ts';

const job = (task: object, command: object = {}): JobDescription =>
  parseJobDescription({
    Name: 'j',
    Type: 'DAG',
    DAG: { Tasks: { a: { Parameters: { Command: { CommandLine: 'x', ...command } }, ...task } } },
  });

function taskOf(description: JobDescription): TaskDescription {
  return description.Type === 'DAG' ? description.DAG.Tasks['a']! : expect.unreachable();
}

const TABLE: Record<string, string> = {
  'img-ubuntu': 'rebatch/img-ubuntu:latest',
  'm-own': 'studio/own:2',
  'img-alias': 'm-own',
  'img-dead': 'm-gone',
  'img-round': 'img-about',
  'img-about': 'img-round',
};

/** The table as owner 7 sees it; what is img-ubuntu to others is another image to owner 8. */
const names = storedImages({
  findImage(owner, id) {
    const target = owner === '8' && id === 'img-ubuntu' ? 'eight/own:1' : TABLE[id];
    const facts = { name: id, description: '', platform: 'Linux', createdAt: 0 } as const;
    return target === undefined ? undefined : { id, owner, target, ...facts };
  },
});

const resolve = (task: object, command: object = {}, owner = '7'): unknown =>
  resolveImage(names, owner, taskOf(job(task, command)), 'DAG.Tasks.a');

test.each([
  ['no image at all', {}, {}, 'rebatch/img-ubuntu:latest', 'vm'],
  ['a system image', { AutoCluster: { ImageId: 'img-ubuntu' } }, {}, 'rebatch/img-ubuntu:latest', 'vm'],
  ['an id of the table', { AutoCluster: { ECSImageId: 'm-own' } }, {}, 'studio/own:2', 'vm'],
  ['an id that stands for another', { AutoCluster: { ImageId: 'img-alias' } }, {}, 'studio/own:2', 'vm'],
  ['a reference', { AutoCluster: { ImageId: 'rebatch/blender:latest' } }, {}, 'rebatch/blender:latest', 'vm'],
  [
    'Docker',
    {},
    { Docker: { Image: 'registry.example.test/a/b:1' } },
    'registry.example.test/a/b:1',
    'docker',
  ],
  [
    'Docker by variable, whatever the machine below it',
    { AutoCluster: { ImageId: 'img-unknown' } },
    { EnvVars: { BATCH_COMPUTE_DOCKER_IMAGE: 'localhost:5000/tool:3' } },
    'localhost:5000/tool:3',
    'docker',
  ],
] as const)('%s is run in its image', (_name, task, command, image, contract) => {
  expect(resolve(task, command)).toEqual({ image, contract });
});

test('an owner may give an id of the system another meaning', () => {
  const image = { AutoCluster: { ImageId: 'img-ubuntu' } };
  expect(resolve(image, {}, '8')).toEqual({ image: 'eight/own:1', contract: 'vm' });
  expect(resolve({}, {}, '8')).toEqual({ image: 'eight/own:1', contract: 'vm' });
});

test.each([
  ['img-dead', 'The image "img-dead" stands for "m-gone", which is not known here.'],
  ['img-round', 'The image "img-round" is not known here.'],
  ['__proto__', 'The image "__proto__" is not known here.'],
  ['UPPER/case', 'The image "UPPER/case" is not known here.'],
])('%s leads nowhere, and the refusal says where it ends', (id, message) => {
  expect(() => resolve({ AutoCluster: { ImageId: id } })).toThrow(message);
});

test('an unknown image or cluster is refused with its name and its field, and leaves no job behind', async () => {
  const farm = await openFarm({ slots: 0 });
  onTestFinished(() => farm.close());
  const me = { owner: '1' };
  const refused = [
    [{ AutoCluster: { ImageId: 'img-nothing' } }, 'InvalidDAG.Tasks.a.AutoCluster.ImageId', '"img-nothing"'],
    [{ AutoCluster: { ECSImageId: 'm-123' } }, 'InvalidDAG.Tasks.a.AutoCluster.ECSImageId', '"m-123"'],
    [{ ClusterId: 'cls-1' }, 'InvalidDAG.Tasks.a.ClusterId', '"cls-1"'],
  ] as const;
  for (const [task, code, name] of refused) {
    await expect(farm.control.submitJob(me, job(task))).rejects.toMatchObject({
      status: 400,
      code,
      message: expect.stringContaining(name),
    });
  }
  expect((await farm.control.listJobs(me, {}, { marker: '', limit: 9 })).Items).toEqual([]);
});
