import { type Clock, unsupportedMethod } from '@rebatch/model';
import type { KeyRing } from '@rebatch/oss';
import type { Express, Request, Response } from 'express';
import { authenticate } from './authentication/authenticate.ts';
import { headerValue, type RawRequest } from './authentication/raw-request.ts';
import { checkAcsHeaders } from './request/check-acs-headers.ts';
import { originForm } from './request/origin-form.ts';
import { parseQuery } from './request/query.ts';
import { readBody } from './request/read-body.ts';
import { readJsonObject } from './request/read-json-object.ts';
import { requestIdOf } from './response/request-id.ts';
import { sendJson } from './response/send-json.ts';
import type { ApiRequest, Route } from './routes/route.ts';

/** Puts signed routes on an Express app, and a refusal of all other methods on their paths. */
export function mountRoutes(
  app: Express,
  { keys, clock }: { keys: KeyRing; clock: Clock },
  routes: Route[],
): void {
  for (const [path, onPath] of Map.groupBy(routes, (route) => route.path)) {
    const expressRoute = app.route(path);
    for (const route of onPath) {
      expressRoute[route.method](async (request: Request, response: Response) => {
        const reply = await route.handle(readRequest(request, response, keys, clock));
        if (reply.stream === undefined) sendJson(response, reply.status, reply.body);
        else await reply.stream(response);
      });
    }
    refuseOthers(
      app,
      path,
      onPath.map((route) => route.method.toUpperCase()),
    );
  }
}

/** Answers all methods but `methods`, which the path has handlers for already, with 405. */
export function refuseOthers(app: Express, path: string, methods: readonly string[]): void {
  app.all(path, (request, response) => {
    response.setHeader('Allow', methods.join(', '));
    throw unsupportedMethod(request.method, request.path);
  });
}

function readRequest(request: Request, response: Response, keys: KeyRing, clock: Clock): ApiRequest {
  const raw: RawRequest = {
    method: request.method,
    target: originForm(request.originalUrl),
    headers: request.headers,
  };
  checkAcsHeaders(raw);
  const hangUp = new AbortController();
  response.once('close', () => hangUp.abort());
  return {
    caller: authenticate(raw, keys, clock),
    params: request.params,
    query: parseQuery(raw.target),
    header: (name) => headerValue(raw, name),
    requestId: requestIdOf(response),
    signal: hangUp.signal,
    readBody: (body) => readJsonObject(request, body),
    readBytes: (limit) => readBody(request, limit),
  };
}
