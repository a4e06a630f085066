import { describe, expect, it } from 'vitest';
import {
  parseInstancePage,
  parseJobFilter,
  parsePage,
  parseScope,
  parseStateFilter,
} from './list-parameters.ts';
import { parseQuery } from './query.ts';

const query = (text: string) => parseQuery(`/x?${text}`);
const refused = (code: string, message?: string) =>
  expect.objectContaining({ status: 400, code, ...(message === undefined ? {} : { message }) });

describe('Parameters of a listing', () => {
  it('start at the beginning for an absent, an empty and a "0" marker', () => {
    for (const text of ['', 'Marker', 'Marker=', 'Marker=0']) {
      expect(parsePage(query(text))).toEqual({ marker: '', limit: 50 });
    }
  });

  it('take MaxItemCount from 0 to 100', () => {
    expect(parsePage(query('MaxItemCount=0')).limit).toBe(0);
    expect(parsePage(query('MaxItemCount=100')).limit).toBe(100);
  });

  it.each([
    ['x', 'Specified parameter MaxItemCount is not valid. Its type must be integer.'],
    ['1.5', 'Specified parameter MaxItemCount is not valid. Its type must be integer.'],
    ['101', 'Specified parameter MaxItemCount is not valid. It must be in [0, 100].'],
    ['-1', 'Specified parameter MaxItemCount is not valid. It must be in [0, 100].'],
  ])('refuse MaxItemCount %s with the text of the vendor', (count, message) => {
    expect(() => parsePage(query(`MaxItemCount=${count}`))).toThrow(refused('InvalidMaxItemCount', message));
  });

  it('of Apps want at least one item', () => {
    expect(() => parsePage(query('MaxItemCount=0'), 1)).toThrow(refused('InvalidMaxItemCount'));
  });

  it('of instances want a number as marker', () => {
    expect(parseInstancePage(query('Marker=12')).marker).toBe('12');
    expect(() => parseInstancePage(query('Marker=x'))).toThrow(refused('InvalidMarker'));
  });

  it('know the five states, and no other', () => {
    expect(parseStateFilter(query('State=Running'))).toEqual({ state: 'Running' });
    expect(parseStateFilter(query('State'))).toEqual({});
    expect(() => parseStateFilter(query('State=running'))).toThrow(refused('InvalidState'));
  });

  it('order jobs', () => {
    expect(parseJobFilter(query('OrderBy=Id&IsReverse=True&ClusterId=cls-1&ProjectId=p'))).toEqual({
      orderBy: 'Id',
      reverse: true,
      clusterId: 'cls-1',
    });
    expect(() => parseJobFilter(query('OrderBy=Name'))).toThrow(refused('InvalidOrderBy'));
    expect(() => parseJobFilter(query('IsReverse=1'))).toThrow(refused('InvalidIsReverse'));
  });

  it('choose private Apps unless told otherwise', () => {
    expect(parseScope(query('Scope'))).toBe('Private');
    expect(parseScope(query('Scope=Public'))).toBe('Public');
    expect(() => parseScope(query('Scope=All'))).toThrow(refused('InvalidScope'));
  });
});
