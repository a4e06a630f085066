import { randomUUID } from 'node:crypto';
import type {
  AppDescription,
  AppRevisionView,
  AppView,
  AvailableView,
  InstanceView,
  JobView,
  Page,
  QuotasView,
  State,
  TaskView,
} from '@rebatch/model';
import { type ClientOptions, KeyedServer } from '../http/keyed-server.ts';
import { ApiSession } from './api-session.ts';
import type { AppDraft, JobDraft } from './draft.ts';
import { eachItem, type PageOptions } from './pages.ts';
import { readApp, readAppDescription } from './read-app.ts';
import {
  readAvailable,
  readInstance,
  readJob,
  readPage,
  readQuotas,
  readRevisions,
  readTask,
} from './read-views.ts';
import { path, type QueryValue, resource } from './resource.ts';
import { object, text, type WireObject } from './wire-value.ts';

export interface JobFilter {
  state?: State;
  clusterId?: string;
  orderBy?: 'CreationTime' | 'Id';
  reverse?: boolean;
}

/** Public Apps are the operator's; Private ones the caller's (spec §8.1). */
export type AppScope = 'Private' | 'Public';

/**
 * The verbs of spec/batchcompute-api.md §5 for jobs, tasks, instances, Apps and quotas. Every method throws
 * `BatchComputeError` when the service refuses and `ConnectionError` when none answers. Reads, and creations (they
 * carry an IdempotentToken), are tried again after a server fault or a broken connection; other verbs are not.
 */
export class BatchComputeClient {
  readonly endpoint: string;
  readonly #session: ApiSession;

  /** @throws TypeError when `endpoint` is no address. */
  constructor(options: ClientOptions) {
    const server = new KeyedServer(options);
    this.endpoint = server.transport.endpoint;
    this.#session = new ApiSession(server);
  }

  /** @returns the new job's Id. `idempotentToken`: at most 64 letters, digits and `_`; made up when absent. */
  async createJob(description: JobDraft, idempotentToken = newToken()): Promise<string> {
    const reply = await this.#create(
      resource(path('jobs'), { IdempotentToken: idempotentToken }),
      description,
    );
    return text(reply.Id);
  }

  async listJobs(filter: JobFilter = {}, page: PageOptions = {}): Promise<Page<JobView>> {
    return readPage(
      await this.#get(path('jobs'), {
        ...pageQuery(page),
        State: filter.state,
        ClusterId: filter.clusterId,
        OrderBy: filter.orderBy,
        IsReverse: filter.reverse,
      }),
      readJob,
    );
  }

  jobs(filter: JobFilter = {}): AsyncGenerator<JobView, void, undefined> {
    return eachItem(async (page) => this.listJobs(filter, page));
  }

  async getJob(jobId: string): Promise<JobView> {
    return readJob(await this.#get(path('jobs', jobId)));
  }

  /** The submitted description with the service's defaults, as the service tells it. */
  async getJobDescription(jobId: string): Promise<WireObject> {
    return object(await this.#get(path('jobs', jobId), { description: '' }));
  }

  async changeJobPriority(jobId: string, priority: number): Promise<void> {
    const target = path('jobs', jobId);
    // Setting the same value twice is the same as once.
    await this.#session.call({
      method: 'PUT',
      resource: target,
      body: { Priority: priority },
      repeatable: true,
    });
  }

  /** Runs a Stopped or Failed job again; finished instances are not repeated (spec §10.2). */
  async startJob(jobId: string): Promise<void> {
    await this.#act('POST', path('jobs', jobId, 'start'));
  }

  async stopJob(jobId: string): Promise<void> {
    await this.#act('POST', path('jobs', jobId, 'stop'));
  }

  async deleteJob(jobId: string): Promise<void> {
    await this.#act('DELETE', path('jobs', jobId));
  }

  async listTasks(
    jobId: string,
    filter: { state?: State } = {},
    page: PageOptions = {},
  ): Promise<Page<TaskView>> {
    const query = { ...pageQuery(page), State: filter.state };
    return readPage(await this.#get(path('jobs', jobId, 'tasks'), query), readTask);
  }

  tasks(jobId: string, filter: { state?: State } = {}): AsyncGenerator<TaskView, void, undefined> {
    return eachItem(async (page) => this.listTasks(jobId, filter, page));
  }

  async getTask(jobId: string, taskName: string): Promise<TaskView> {
    return readTask(await this.#get(path('jobs', jobId, 'tasks', taskName)));
  }

  async listInstances(
    jobId: string,
    taskName: string,
    filter: { state?: State } = {},
    page: PageOptions = {},
  ): Promise<Page<InstanceView>> {
    const query = { ...pageQuery(page), State: filter.state };
    const reply = await this.#get(path('jobs', jobId, 'tasks', taskName, 'instances'), query);
    return readPage(reply, readInstance);
  }

  instances(
    jobId: string,
    taskName: string,
    filter: { state?: State } = {},
  ): AsyncGenerator<InstanceView, void, undefined> {
    return eachItem(async (page) => this.listInstances(jobId, taskName, filter, page));
  }

  async getInstance(jobId: string, taskName: string, instanceId: number): Promise<InstanceView> {
    return readInstance(await this.#get(path('jobs', jobId, 'tasks', taskName, 'instances', instanceId)));
  }

  /** @returns the App's name. */
  async createApp(description: AppDraft, idempotentToken = newToken()): Promise<string> {
    const target = resource(path('apps'), { IdempotentToken: idempotentToken });
    const reply = await this.#create(target, description);
    return text(reply.Name) || description.Name;
  }

  async listApps(scope: AppScope = 'Private', page: PageOptions = {}): Promise<Page<AppView>> {
    return readPage(await this.#get(path('apps'), { ...pageQuery(page), Scope: scope }), readApp);
  }

  apps(scope: AppScope = 'Private'): AsyncGenerator<AppView, void, undefined> {
    return eachItem(async (page) => this.listApps(scope, page));
  }

  async getApp(name: string, scope: AppScope = 'Private'): Promise<AppView> {
    return readApp(await this.#get(path('apps', name), { Scope: scope }));
  }

  /** One revision in full; the latest when `qualifier` is absent. */
  async getAppDetail(name: string, qualifier?: number | string): Promise<AppDescription> {
    const query = { Detail: 'True', Qualifier: qualifier };
    return readAppDescription(await this.#get(path('apps', name), query));
  }

  async getAppRevisions(name: string): Promise<AppRevisionView[]> {
    return readRevisions(await this.#get(path('apps', name), { Revisions: 'True' }));
  }

  /** Every call makes a new revision. */
  async modifyApp(name: string, description: AppDraft): Promise<void> {
    const target = path('apps', name);
    await this.#session.call({ method: 'PUT', resource: target, body: description, repeatable: false });
  }

  /** Deletes the App, or one revision of it. */
  async deleteApp(name: string, qualifier?: number | string): Promise<void> {
    await this.#act('DELETE', resource(path('apps', name), { Qualifier: qualifier }));
  }

  async getQuotas(): Promise<QuotasView> {
    return readQuotas(await this.#get(path('quotas')));
  }

  async getAvailable(): Promise<AvailableView> {
    return readAvailable(await this.#get(path('available')));
  }

  /** Lets go of idle connections. */
  close(): void {
    this.#session.close();
  }

  async #get(resourcePath: string, query?: Record<string, QueryValue>): Promise<unknown> {
    return this.#session.call({ method: 'GET', resource: resource(resourcePath, query), repeatable: true });
  }

  async #create(target: string, body: unknown): Promise<WireObject> {
    return object(await this.#session.call({ method: 'POST', resource: target, body, repeatable: true }));
  }

  async #act(method: 'POST' | 'DELETE', target: string): Promise<void> {
    await this.#session.call({ method, resource: target, repeatable: false });
  }
}

function pageQuery(page: PageOptions): Record<string, QueryValue> {
  return {
    Marker: page.marker === '' ? undefined : page.marker,
    MaxItemCount: page.limit,
  };
}

/** Tokens are letters, digits and underscores (spec §4.5). */
function newToken(): string {
  return randomUUID().replaceAll('-', '_');
}
