import type { AttemptOutcome } from '@rebatch/worker';
import { manualClock } from '@rebatch/model';
import { type Farm, openFarm } from '../../scheduler/test-support/open-farm.ts';
import { World } from '../../scheduler/test-support/world.ts';
import { JobModel, type TaskShape } from './job-model.ts';
import type { Received } from './send.ts';
import { type StartedApi, startApi } from './start-api.ts';

export type Step =
  | { do: 'submit'; failOnInstanceFail: boolean; first: TaskShape; second: TaskShape | null }
  | { do: 'begin'; pick: number }
  | { do: 'end'; pick: number; how: 'good' | 'bad' | 'lost' }
  | { do: 'stop' | 'start' | 'delete'; pick: number }
  | { do: 'priority'; pick: number; priority: number }
  | { do: 'reap' }
  | { do: 'restart' };

const OUTCOMES: Record<'good' | 'bad' | 'lost', AttemptOutcome> = {
  good: { kind: 'exited', exitCode: 0 },
  bad: { kind: 'exited', exitCode: 1 },
  lost: { kind: 'lost', message: 'node gone' },
};

/** More than all retries' delays. */
const PATIENCE_MS = 120_000;

/** The server, asked over HTTP, and beside it the models of its jobs. Sandboxes outlive the server, as containers do. */
export class ModelledServer {
  readonly #path: string;
  readonly #world = new World();
  readonly #clock = manualClock();
  readonly #models = new Map<string, JobModel>();
  #farm: Farm | undefined;
  #api: StartedApi | undefined;

  /** `path`: of the store. */
  constructor(path: string) {
    this.#path = path;
  }

  async open(): Promise<void> {
    this.#farm = await openFarm({
      path: this.#path,
      clock: this.#clock,
      executor: this.#world.executor(1000),
    });
    this.#api = await startApi(this.#farm.control);
  }

  async close(): Promise<void> {
    await this.#api?.close();
    await this.#farm?.close();
  }

  /** Takes one step with the server and the models. @returns in what they disagree after it, or undefined */
  async take(step: Step): Promise<string | undefined> {
    const refusal = await this.#do(step);
    await this.#farm?.scheduler.settled();
    return refusal ?? this.#difference();
  }

  async #do(step: Step): Promise<string | undefined> {
    if (step.do === 'submit') return this.#submit(step);
    if (step.do === 'reap') return this.#reap();
    if (step.do === 'restart') return this.#restart();
    const jobs = [...this.#models];
    const [id, model] = jobs[step.pick % jobs.length] ?? [];
    if (id === undefined || model === undefined) return undefined;
    const path = `/jobs/${id}`;
    switch (step.do) {
      case 'begin':
      case 'end':
        return this.#program(id, model, step);
      case 'stop':
      case 'start':
        return expectStatus(
          step.do,
          await this.#call('POST', `${path}/${step.do}`),
          model[step.do]() ? 201 : 409,
        );
      case 'priority': {
        const answer = await this.#call('PUT', path, { Priority: step.priority });
        return expectStatus('priority', answer, model.changePriority(step.priority) ? 200 : 409);
      }
      case 'delete':
        return this.#delete(id, model, path);
      default:
        throw new Error(`no such step: ${JSON.stringify(step satisfies never)}`);
    }
  }

  async #delete(id: string, model: JobModel, path: string): Promise<string | undefined> {
    const answer = await this.#call('DELETE', path);
    if (!model.isOver()) return expectStatus('delete', answer, 409);
    this.#models.delete(id);
    return expectStatus('delete', answer, 204) ?? expectStatus('get', await this.#call('GET', path), 404);
  }

  async #submit({ failOnInstanceFail, first, second }: Step & { do: 'submit' }): Promise<string | undefined> {
    const answer = await this.#call('POST', '/jobs', {
      Name: 'modelled',
      Type: 'DAG',
      JobFailOnInstanceFail: failOnInstanceFail,
      DAG: {
        Tasks: { first: taskBody(first), ...(second === null ? {} : { second: taskBody(second) }) },
        Dependencies: second === null ? {} : { first: ['second'] },
      },
    });
    this.#models.set(String(Object(answer.json).Id), new JobModel(failOnInstanceFail, first, second));
    return expectStatus('submit', answer, 201);
  }

  async #program(
    id: string,
    model: JobModel,
    step: Step & { do: 'begin' | 'end' },
  ): Promise<string | undefined> {
    const live = model.live();
    const name = live[step.pick % live.length];
    if (name === undefined) return undefined;
    const attempt = this.#world.running().find((one) => one.startsWith(`${id}.${name}.`) && !this.#dies(one));
    if (attempt === undefined) return `${name} should be with the executor and is not`;
    const [task = '', number = ''] = name.split('.');
    if (step.do === 'begin') {
      model.begin(task, Number(number));
      this.#world.started(attempt, this.#clock.now());
      return undefined;
    }
    model.end(task, Number(number), step.how);
    this.#world.ended(attempt, OUTCOMES[step.how]);
    await this.#farm?.scheduler.settled();
    if (step.how === 'lost') this.#clock.advance(PATIENCE_MS);
    return undefined;
  }

  #dies(attempt: string): boolean {
    return this.#world.sandboxes.get(attempt)?.killed ?? false;
  }

  async #reap(): Promise<undefined> {
    for (const attempt of this.#world.running()) {
      if (this.#dies(attempt)) this.#world.ended(attempt, { kind: 'stopped' });
    }
    for (const model of this.#models.values()) model.reap();
    return undefined;
  }

  /** As SIGKILL does it. What was killed before has ended by the time that the server is back. */
  async #restart(): Promise<undefined> {
    await this.#reap();
    await this.#farm?.scheduler.settled();
    await this.#api?.close();
    this.#farm?.crash();
    await this.open();
    return undefined;
  }

  async #difference(): Promise<string | undefined> {
    const wanted: unknown[] = [];
    const found: unknown[] = [];
    for (const [id, model] of this.#models) {
      wanted.push(expected(model));
      found.push(await this.#seen(id, model));
    }
    const [want, see] = [JSON.stringify(wanted), JSON.stringify(found)];
    if (want !== see) return `model ${want}\nserver ${see}`;
    const live = [...this.#models].flatMap(([id, model]) => model.live().map((name) => `${id}.${name}`));
    const running = this.#world.running().filter((one) => !this.#dies(one));
    const names = running.map((one) => one.slice(0, one.lastIndexOf('.')));
    const [should, does] = [live.toSorted().join(), names.toSorted().join()];
    return should === does ? undefined : `the executor should have ${should} and has ${does}`;
  }

  /** The job as five operations of the API show it. */
  async #seen(id: string, model: JobModel): Promise<unknown> {
    const get = async (path: string) => Object((await this.#call('GET', `/jobs/${id}${path}`)).json);
    const job = await get('');
    const description = await get('?description');
    const tasks: unknown[] = [];
    for (const name of model.tasks.keys()) {
      const task = await get(`/tasks/${name}`);
      const instances: Record<string, unknown>[] = (await get(`/tasks/${name}/instances`)).Items;
      tasks.push([
        name,
        task.State,
        countsOf(task.InstanceMetrics),
        instances.map(({ State, RetryCount }) => [State, RetryCount]),
      ]);
    }
    return [
      job.State,
      job.Priority,
      description.Priority,
      countsOf(job.TaskMetrics),
      countsOf(job.InstanceMetrics),
      tasks,
    ];
  }

  async #call(method: string, target: string, body?: object): Promise<Received> {
    if (this.#api === undefined) throw new Error('the server is not open');
    const [path = '', query] = target.split('?');
    return this.#api.call({
      method,
      path,
      ...(query === undefined ? {} : { query: { [query]: '' } }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

const STATES = ['Waiting', 'Running', 'Finished', 'Failed', 'Stopped'] as const;

function countsOf(metrics: Record<string, unknown>): unknown[] {
  return STATES.map((state) => metrics[`${state}Count`]);
}

function expected(model: JobModel): unknown {
  const tasks = [...model.tasks.values()];
  const instances = tasks.flatMap((task) => task.instances.map(({ state }) => state));
  return [
    model.state,
    model.priority,
    model.priority,
    tally(tasks.map(({ state }) => state)),
    tally(instances),
    [...model.tasks].map(([name, task]) => [
      name,
      task.state,
      tally(task.instances.map(({ state }) => state)),
      task.instances.map(({ state, retries }) => [state, retries]),
    ]),
  ];
}

function tally(states: string[]): number[] {
  return STATES.map((state) => states.filter((one) => one === state).length);
}

function taskBody({ instances, retries }: TaskShape): object {
  return {
    InstanceCount: instances,
    MaxRetryCount: retries,
    Timeout: 3600,
    AutoCluster: { ImageId: 'img-ubuntu' },
    Parameters: { Command: { CommandLine: 'true' } },
  };
}

function expectStatus(what: string, { status, text }: Received, wanted: number): string | undefined {
  return status === wanted ? undefined : `${what} answered ${status} instead of ${wanted}: ${text}`;
}
