import { join } from 'node:path';
import { jobIdSource } from '@rebatch/model';
import { createImageProcessor, createOssGateway, isCallbackHost, startLifecycle } from '@rebatch/oss';
import { createApi } from '../api/create-api.ts';
import { eventRoutes } from '../api/routes/event-routes.ts';
import { planRoutes } from '../api/routes/plan-routes.ts';
import { shellRoutes } from '../api/routes/shell-routes.ts';
import { transferRoutes } from '../api/routes/transfer-routes.ts';
import { attemptSpecs } from '../control/attempt-spec.ts';
import { shellControl } from '../control/shells/shell-control.ts';
import { nodeSpecs } from '../control/clusters/node-spec.ts';
import { createControl } from '../control/create-control.ts';
import { storedImages } from '../control/image-names.ts';
import { deliveryMetrics } from '../events/delivery-metrics.ts';
import type { Happening } from '../events/happening.ts';
import { createMetrics } from '../events/metrics.ts';
import { openEvents } from '../events/open-events.ts';
import { attemptsFolderOf } from '../executor/attempts-folder.ts';
import { openScheduler } from '../scheduler/open-scheduler.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { operatorOf } from '../store/accounts.ts';
import { ClaimsSweep } from './claims-sweep.ts';
import { Closers } from './closers.ts';
import { createExecutor } from './create-executor.ts';
import { openDiskReserve } from './disk-reserve.ts';
import { Endpoints } from './endpoints.ts';
import { healthLog } from './health-log.ts';
import { fileSize } from './file-size.ts';
import { logAnswer } from './log-answer.ts';
import { logHappening } from './log-happening.ts';
import type { Logger } from './logger.ts';
import { openRooms } from './open-rooms.ts';
import { openTaskKeys } from './open-task-keys.ts';
import { SandboxGateway } from './sandbox-gateway.ts';
import type { ServeOptions } from './serve-options.ts';
import { writeServerFile } from './server-file.ts';
import { serverMetrics } from './server-metrics.ts';
import { storeFailureLog } from './store-failure-log.ts';
import { listenAsVendor } from './vendor-endpoints.ts';
import { listeningAfter } from './listening-after.ts';
import { watchHealth } from './watch-health.ts';
import { watchStore } from './watch-store.ts';

export interface RunningServer {
  /** Base URLs of the API and of the OSS gateway. */
  readonly api: string;
  readonly oss: string;
  /** Stops accepting and lets go of everything within 5 s; sandboxes keep running. Can be repeated. */
  close(): Promise<void>;
}

/** Milliseconds that requests under way get when the server stops. */
const GRACE_MS = 1500;

/** Events in the log: some hundred bytes each. */
const EVENTS_KEPT = 200_000;

/** Enough for the store to write down that a job was stopped and ended, many times over. */
const RESERVE_BYTES = 4 << 20;

/**
 * Starts everything and resolves when work is accepted (architecture.md §6).
 *
 * @throws StartError, StoreError, FileStoreOpenError, S3StoreOpenError, with one readable line; then nothing is left open
 */
export async function serve(options: ServeOptions, log: Logger): Promise<RunningServer> {
  const endpoints = new Endpoints();
  const closers = new Closers();
  const close = async (): Promise<void> => {
    await endpoints.close(GRACE_MS);
    await closers.closeAll((name, error) => log.error('closing failed', { name, reason: String(error) }));
  };
  try {
    return { ...(await open(options, log, endpoints, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  options: ServeOptions,
  log: Logger,
  endpoints: Endpoints,
  closers: Closers,
): Promise<{ api: string; oss: string }> {
  const { host, region } = options;
  const rooms = await openRooms(options, closers);
  const { clock, store, objects, keys } = rooms;

  const reserve = openDiskReserve(join(options.dataFolder, 'reserve'), RESERVE_BYTES, clock);
  closers.add('disk reserve', () => reserve.close());
  const taskKeys = hasTaskKeys(options)
    ? await openTaskKeys(store, clock, attemptsFolderOf(options.dataFolder))
    : undefined;
  const pictures = createImageProcessor(clock);
  closers.add('image processing', () => pictures.close());
  const gateway = createOssGateway({
    store: objects,
    images: pictures,
    keys: { find: (id) => taskKeys?.find(id) ?? keys.find(id) },
    clock,
    region,
    ...(options.s3?.redirectFrom !== undefined && { redirectFrom: options.s3.redirectFrom }),
    mayCallBack: isCallbackHost(options.callbackHosts ?? []),
    onError: (error, requestId) => log.error('an OSS request failed', { requestId, cause: String(error) }),
  });
  const lifecycle = startLifecycle({
    store: objects,
    clock,
    onError: (error) => log.error('the lifecycle rules could not be applied', { cause: String(error) }),
  });
  closers.add('lifecycle rules', () => lifecycle.close());
  const oss = await endpoints.listen(gateway, { host, port: options.ossPort });
  const sandboxGateway = new SandboxGateway(gateway, { host, port: oss.port }, endpoints, log);
  const noteHealth = healthLog(log);
  const executor = watchHealth(
    await createExecutor(options, {
      objects,
      clock,
      keys: taskKeys,
      operator: operatorOf(store),
      ossPort: oss.port,
      warn: (message) => log.warn(message),
    }),
    async (health) => {
      noteHealth(health);
      await sandboxGateway.follow(health);
    },
  );

  const metrics = serverMetrics(() => fileSize(join(options.dataFolder, 'jobs.db')));
  const noteFailure = storeFailureLog(log, clock);
  const storeFailed = (error: unknown): void => {
    metrics.storeFailed();
    noteFailure(error);
  };
  const events = openEvents({ store, clock, failed: storeFailed });
  closers.add('events', () => events.close());
  endpoints.whenClosing(() => events.streams.close());
  const images = storedImages(store);
  const jobMetrics = createMetrics({
    jobs: store.countJobs(),
    usage: () => scheduler.usage(),
    nodes: () => scheduler.nodes(),
    instances: () => store.countActiveInstances(),
    available: () => executor.health().available,
  });
  const claims = new ClaimsSweep(store, objects, (error) =>
    log.warn('claims of frames are left in an output', { cause: String(error) }),
  );
  closers.add('claims', () => claims.close());
  const publish = (happening: Happening): void => {
    jobMetrics.observe(happening);
    if (options.executor !== 'simulated') claims.take(happening);
    logHappening(log, happening);
  };
  const scheduler: Scheduler = openScheduler({
    store,
    executor,
    clock,
    specOf: attemptSpecs({ region, images, strictSizes: options.strictSizes }),
    nodeSpecOf: nodeSpecs({ region, images, strictSizes: options.strictSizes }),
    publish,
    retention: { jobs: options.keepJobs, days: options.keepDays, events: EVENTS_KEPT },
    makeRoom: (error) => reserve.spend(error),
    recorder: events.recorder,
    failed: storeFailed,
  });
  closers.add('scheduler', async () => scheduler.close());

  const api = createApi({
    control: createControl({
      store,
      scheduler,
      clock,
      images,
      // Where no program runs, nobody looks for files.
      ...(options.executor === 'simulated' ? {} : { nas: options.nas }),
      newJobId: jobIdSource(clock),
    }),
    keys,
    clock,
    extras: [
      ...eventRoutes({ store, clock, events }),
      ...transferRoutes({ store, clock, publish }),
      ...shellRoutes(
        shellControl({
          store,
          shells: executor.shells,
          audit({ body, ...entry }) {
            store.insertEvent({
              ...entry,
              at: clock.now(),
              body: JSON.stringify({ ...body, Event: entry.name }),
            });
            events.recorder.recorded();
            log.info('a shell was opened', { owner: entry.owner, subject: entry.subject });
          },
        }),
      ),
      ...planRoutes({ store, images, usage: () => scheduler.usage() }),
    ],
    metrics: () => metrics.render(jobMetrics.render(), deliveryMetrics(events.counts())),
    answered(answer) {
      metrics.count(answer);
      logAnswer(log, answer);
    },
  });
  // A taken port is found out before anything is started; what is asked until then waits.
  const started = Promise.withResolvers<void>();
  const apiWhenStarted = listeningAfter(started.promise, api);
  const apiEndpoint = await endpoints.listen(apiWhenStarted, { host, port: options.apiPort });
  await listenAsVendor({ api: apiWhenStarted, oss: gateway }, options, log, endpoints);
  await scheduler.start();
  const unwatch = watchStore(store, clock, () => scheduler.rulesChanged());
  closers.add('store watch', unwatch);
  events.start();
  started.resolve();

  const urls = { api: apiEndpoint.url, oss: oss.url };
  writeServerFile(options.dataFolder, { ...urls, pid: process.pid, region });
  log.info('accepting work', { ...urls, data: options.dataFolder, executor: options.executor });
  return urls;
}

/** Where no program runs, none needs a key. */
function hasTaskKeys({ executor, taskKeys }: ServeOptions): boolean {
  return executor !== 'simulated' && taskKeys;
}
