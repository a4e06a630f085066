import { type Clock, unsupportedPath } from '@rebatch/model';
import type { KeyRing } from '@rebatch/oss';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Control } from '../control/control.ts';
import { mountRoutes, refuseOthers } from './mount-routes.ts';
import { answerPreflight } from './response/answer-preflight.ts';
import { setCommonHeaders } from './response/common-headers.ts';
import { errorBody } from './response/error-body.ts';
import { requestIdOf } from './response/request-id.ts';
import { sendJson } from './response/send-json.ts';
import { toWireError } from './response/to-wire-error.ts';
import { appRoutes } from './routes/app-routes.ts';
import { clusterRoutes } from './routes/cluster-routes.ts';
import { imageRoutes } from './routes/image-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { quotaRoutes } from './routes/quota-routes.ts';
import type { Route } from './routes/route.ts';
import { taskRoutes } from './routes/task-routes.ts';

export interface ApiOptions {
  control: Control;
  keys: KeyRing;
  clock: Clock;
  /** Prometheus text (exposition format 0.0.4) for GET /metrics. */
  metrics(): string;
  /** Signed routes beyond the vendor's API. */
  extras?: readonly Route[];
  /** Told about every answer, after it was sent or broken off. */
  answered?(answer: Answer): void;
}

/** One answered request, for logs and figures. */
export interface Answer {
  method: string;
  target: string;
  status: number;
  requestId: string;
  /** From its first byte in to its last byte out. */
  seconds: number;
  /** What went wrong inside the server, with status 500. */
  cause?: unknown;
}

/**
 * The BatchCompute API of 2015-11-11 over a {@link Control}, as a request listener (spec §2 to §5). Whatever happens,
 * the answer is JSON with the headers of spec §4.1.
 */
export function createApi(options: ApiOptions): Express {
  const { control, clock } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  // Targets are read by parseQuery, which knows bare keys.
  app.set('query parser', false);

  app.use((request: Request, response: Response, next: NextFunction) => {
    setCommonHeaders(response);
    const start = performance.now();
    response.once('close', () => {
      const { method, originalUrl: target } = request;
      const { statusCode: status } = response;
      const seconds = (performance.now() - start) / 1000;
      const requestId = requestIdOf(response);
      options.answered?.({ method, target, status, requestId, seconds, ...causeOf(response) });
    });
    if (request.method === 'OPTIONS') answerPreflight(request, response);
    else next();
  });

  app.get('/health', (_request, response) => sendJson(response, 200, { status: 'ok' }));
  app.get('/metrics', (_request, response) => {
    response.setHeader('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    response.end(options.metrics());
  });
  for (const path of ['/health', '/metrics']) refuseOthers(app, path, ['GET']);
  mountRoutes(app, options, [
    ...jobRoutes(control, clock),
    ...taskRoutes(control),
    ...appRoutes(control),
    ...quotaRoutes(control),
    ...clusterRoutes(control),
    ...imageRoutes(control),
    ...(options.extras ?? []),
  ]);

  app.use((request: Request) => {
    throw unsupportedPath(request.path);
  });
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const wireError = toWireError(error);
    if (wireError.cause !== undefined) causes.set(response, wireError.cause);
    if (response.headersSent) response.destroy();
    else sendJson(response, wireError.status, errorBody(wireError, requestIdOf(response)));
  });
  return app;
}

const causes = new WeakMap<Response, unknown>();

function causeOf(response: Response): { cause?: unknown } {
  return causes.has(response) ? { cause: causes.get(response) } : {};
}
