import {
  IMAGE_TYPES,
  type ImageType,
  invalidParameter,
  parseMaxItemCount,
  type State,
  STATES,
} from '@rebatch/model';
import type { AppScope, JobFilter, PageRequest } from '../../control/control.ts';
import type { Query } from './query.ts';

/**
 * `Marker` and `MaxItemCount` (spec §4.4). Absent, empty and "0" markers all mean "from the start" (clients.md §1.3).
 *
 * @param min least MaxItemCount of this list
 * @throws WireError InvalidMaxItemCount
 */
export function parsePage(query: Query, min: 0 | 1 = 0): PageRequest {
  const marker = query.get('Marker');
  return { marker: marker === '0' ? '' : marker, limit: parseMaxItemCount(query.get('MaxItemCount'), min) };
}

/** @throws WireError InvalidMarker unless the marker is an instance number. */
export function parseInstancePage(query: Query): PageRequest {
  const page = parsePage(query);
  if (!/^\d{0,10}$/.test(page.marker)) throw invalidParameter('Marker', 'Its type must be integer.');
  return page;
}

/** @throws WireError InvalidState */
export function parseStateFilter(query: Query): { state?: State } {
  const text = query.get('State');
  if (text === '') return {};
  const state = STATES.find((known) => known === text);
  if (state === undefined) throw invalidParameter('State', `It must be in [${STATES.join(', ')}].`);
  return { state };
}

/**
 * Filters and order of ListJobs (spec §5). `ProjectId` belongs to a later API and is ignored.
 *
 * @throws WireError InvalidState, InvalidOrderBy, InvalidIsReverse
 */
export function parseJobFilter(query: Query): JobFilter {
  const filter: JobFilter = parseStateFilter(query);
  const clusterId = query.get('ClusterId');
  if (clusterId !== '') filter.clusterId = clusterId;
  const orderBy = query.get('OrderBy');
  if (orderBy === 'CreationTime' || orderBy === 'Id') filter.orderBy = orderBy;
  else if (orderBy !== '') throw invalidParameter('OrderBy', 'It must be in [CreationTime, Id].');
  const reverse = query.get('IsReverse').toLowerCase();
  if (reverse === 'true' || reverse === 'false') filter.reverse = reverse === 'true';
  else if (reverse !== '') throw invalidParameter('IsReverse', 'Its type must be bool.');
  return filter;
}

/**
 * The Type of ListImages; the caller's own when absent: `bcs i` shows the answers to `Type=System` and to no Type one
 * after the other (clients.md §3.5).
 *
 * @throws WireError InvalidType
 */
export function parseImageType(query: Query): ImageType {
  const text = query.get('Type') || 'Self';
  const type = IMAGE_TYPES.find((known) => known === text);
  if (type === undefined) throw invalidParameter('Type', `It must be in [${IMAGE_TYPES.join(', ')}].`);
  return type;
}

/** @throws WireError InvalidScope */
export function parseScope(query: Query): AppScope {
  const scope = query.get('Scope') || 'Private';
  if (scope === 'Private' || scope === 'Public') return scope;
  throw invalidParameter('Scope', 'It must be in [Private, Public].');
}
