import { notFound } from '@rebatch/model';
import type { ApiRequest } from '../routes/route.ts';

/** A path parameter of the matched route. */
export function pathParameter(request: Pick<ApiRequest, 'params'>, name: string): string {
  const value = Object.hasOwn(request.params, name) ? request.params[name] : undefined;
  if (typeof value !== 'string') throw notFound();
  return value;
}

/**
 * An instance number in a path; whatever else stands there names no instance.
 *
 * @throws WireError InvalidResource.NotFound
 */
export function instanceParameter(request: Pick<ApiRequest, 'params'>): number {
  const text = pathParameter(request, 'instanceId');
  if (!/^\d{1,10}$/.test(text)) throw notFound();
  return Number(text);
}
