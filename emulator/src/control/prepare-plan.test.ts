import { parseAppDescription, parseJobDescription } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { dagJob } from '../scheduler/test-support/dag-job.ts';
import { type Farm, openFarm } from '../scheduler/test-support/open-farm.ts';
import { storedImages } from './image-names.ts';
import { preparePlan } from './prepare-plan.ts';

const ME = { owner: '1000001' };

async function farm(simulate: string): Promise<Farm> {
  const opened = await openFarm({ simulate });
  onTestFinished(async () => opened.close());
  return opened;
}

const plan = ({ store, scheduler }: Farm, job: ReturnType<typeof dagJob>) =>
  preparePlan({ store, images: storedImages(store), usage: () => scheduler.usage() }, ME, job);

const job = (name: string, instances: number) =>
  parseJobDescription({
    Name: name,
    Type: 'App',
    App: { AppName: 'blender', Config: { InstanceCount: instances } },
  });

test('an App is known by its App, whatever its jobs are called', async () => {
  const night = await farm('duration=4s');
  await night.control.createApp(
    ME,
    parseAppDescription({ Name: 'blender', CommandLine: 'render', Docker: { Image: 'studio/blender:4' } }),
  );
  expect(plan(night, job('first', 2)).Tasks).toMatchObject([
    { Image: 'studio/blender:4', LearntFrom: '', Count: 0 },
  ]);
  await night.control.submitJob(ME, job('first', 5));
  await night.run();
  const facts = plan(night, job('second', 3));
  expect(facts).toMatchObject({
    Slots: 4,
    Busy: 0,
    Tasks: [{ LearntFrom: 'App blender', Count: 5, MeanSeconds: 4, MinSeconds: 4, MaxSeconds: 4 }],
  });
  expect(Object.values(facts.Dag.Tasks)[0]?.InstanceCount).toBe(3);
});

test('a task is known by its job first, then by its name, and failures teach nothing', async () => {
  const night = await farm('duration=2s');
  await night.control.submitJob(ME, dagJob({ render: { instances: 3 } }, { Name: 'film' }));
  await night.run();
  const learnt = (name: string, task: string) => plan(night, dagJob({ [task]: {} }, { Name: name })).Tasks[0];
  expect(learnt('film', 'render')).toMatchObject({
    LearntFrom: 'task render of jobs named film',
    Count: 3,
    MeanSeconds: 2,
  });
  expect(learnt('other', 'render')?.LearntFrom).toBe('tasks named render');
  expect(learnt('film', 'comp')?.LearntFrom).toBe('');

  const bad = await farm('fail=1');
  await bad.control.submitJob(ME, dagJob({ render: {} }));
  await bad.run();
  expect(plan(bad, dagJob({ render: {} })).Tasks[0]?.Count).toBe(0);
});
