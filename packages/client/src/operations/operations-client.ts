import type { Page } from '@rebatch/model';
import { ApiSession } from '../batchcompute/api-session.ts';
import type { JobDraft } from '../batchcompute/draft.ts';
import { type ClientOptions, KeyedServer } from '../http/keyed-server.ts';
import { eachItem, type PageOptions } from '../batchcompute/pages.ts';
import { readPage } from '../batchcompute/read-views.ts';
import { path, resource } from '../batchcompute/resource.ts';
import { object, text } from '../batchcompute/wire-value.ts';
import { parseEventStream } from './parse-event-stream.ts';
import { type ImportCounts, readImportCounts } from './import-counts.ts';
import { type PlanFacts, readPlanFacts } from './plan-facts.ts';
import {
  type DeadLetter,
  type HappenedEvent,
  readDeadLetter,
  readEvent,
  readWebhook,
  readWebhooks,
  type Webhook,
} from './views.ts';

export interface EventFilter {
  /** Names such as `OnJobFinished`; all when absent. */
  names?: readonly string[];
  jobId?: string;
}

/**
 * What a Rebatch server offers beyond the vendor's API. Every method throws `BatchComputeError` when the server refuses
 * (one that knows none of this: `InvalidAction.NotFound`) and `ConnectionError` when none answers.
 */
export class OperationsClient {
  readonly #session: ApiSession;

  /** @throws TypeError when the endpoint is no address. */
  constructor(options: ClientOptions) {
    this.#session = new ApiSession(new KeyedServer(options));
  }

  /**
   * Events as they happen, until the connection ends. `after`: id of the last one seen; only what happens from now on
   * when absent.
   */
  async *events(
    filter: EventFilter = {},
    { after, signal }: { after?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<HappenedEvent, void, undefined> {
    const query = {
      Events: filter.names?.join(','),
      JobId: filter.jobId,
      LastEventId: after,
    };
    const body = await this.#session.open(resource(path('events'), query), signal);
    for await (const { id, name, data } of parseEventStream(body)) {
      yield { id: Number(id), name, message: object(JSON.parse(data)) };
    }
  }

  /** What happened lately, the newest first. */
  latestEvents(): AsyncGenerator<HappenedEvent, void, undefined> {
    return eachItem(async (page) => this.#page(path('events', 'log'), page, readEvent));
  }

  deadLetters(): AsyncGenerator<DeadLetter, void, undefined> {
    return eachItem(async (page) => this.#page(path('events', 'dead'), page, readDeadLetter));
  }

  /** Tries again to deliver what was given up. */
  async retryDeadLetter(id: number): Promise<void> {
    await this.#act('POST', path('events', 'dead', id, 'retry'));
  }

  async deleteDeadLetter(id: number): Promise<void> {
    await this.#act('DELETE', path('events', 'dead', id));
  }

  /** The secret, which signs what is sent, is told this once. */
  async addWebhook(url: string, events?: readonly string[]): Promise<Webhook & { secret: string }> {
    const body = { Url: url, ...(events === undefined ? {} : { Events: events }) };
    const reply = await this.#session.call({
      method: 'POST',
      resource: path('webhooks'),
      body,
      repeatable: false,
    });
    return { ...readWebhook(reply), secret: text(object(reply).Secret) };
  }

  async listWebhooks(): Promise<Webhook[]> {
    return readWebhooks(
      await this.#session.call({ method: 'GET', resource: path('webhooks'), repeatable: true }),
    );
  }

  async deleteWebhook(id: string): Promise<void> {
    await this.#act('DELETE', path('webhooks', id));
  }

  /**
   * What a job would run and how long its like took, without running it.
   *
   * @throws BatchComputeError as for its submission
   */
  async preparePlan(description: JobDraft): Promise<PlanFacts> {
    return readPlanFacts(
      await this.#session.call({
        method: 'POST',
        resource: path('planning'),
        body: description,
        repeatable: true,
      }),
    );
  }

  /** All jobs and Apps of the account as lines of JSON, in chunks as they come; to be read to its end. */
  async export(signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    return this.#session.open(path('export'), signal);
  }

  /**
   * Adds what of an export is not there yet, all of it or nothing. Can be repeated.
   *
   * @param bytes a whole export, at most 64 MiB
   */
  async import(bytes: Uint8Array): Promise<ImportCounts> {
    return readImportCounts(
      await this.#session.call({ method: 'POST', resource: path('import'), bytes, repeatable: true }),
    );
  }

  /** Lets go of idle connections. */
  close(): void {
    this.#session.close();
  }

  async #page<T>(target: string, page: PageOptions, read: (item: unknown) => T): Promise<Page<T>> {
    const query = { Marker: page.marker === '' ? undefined : page.marker, MaxItemCount: page.limit };
    return readPage(
      await this.#session.call({ method: 'GET', resource: resource(target, query), repeatable: true }),
      read,
    );
  }

  async #act(method: 'POST' | 'DELETE', target: string): Promise<void> {
    await this.#session.call({ method, resource: target, repeatable: false });
  }
}
