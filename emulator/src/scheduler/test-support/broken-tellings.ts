import type { Store } from '../../store/store.ts';

/** Where what was told of a job, read to its end, is not how the job stands. */
export function brokenTellings(store: Store, jobId: string): string[] {
  const job = store.findJob(jobId);
  if (job === undefined) return [];
  const told = new Map<string, string>();
  for (const { subject, body } of store.listEvents({ owner: job.owner, after: 0, limit: 100_000 })) {
    if (subject !== jobId) continue;
    const { TaskName: task = '', InstanceId: instance = '', State: state } = JSON.parse(body);
    told.set(`${task}.${instance}`, state);
  }
  const broken: string[] = [];
  if (told.get('.') !== job.state) broken.push('the last that is told of a job is its state');
  for (const task of store.loadTasks(job.seq)) {
    if (told.get(`${task.name}.`) !== task.state) broken.push('the last that is told of a task is its state');
    for (const { number, phase } of store.listInstances(task, { from: 0, limit: 1000 })) {
      const state = phase === 'Dispatched' ? 'Waiting' : phase;
      // One that never ran is told of by its task.
      const last = told.get(`${task.name}.${number}`) ?? (state === 'Stopped' ? 'Stopped' : 'Waiting');
      if (last !== state) broken.push('the last that is told of an instance is its state');
    }
  }
  return broken;
}
