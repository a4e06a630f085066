import { expect, test } from 'vitest';
import { path, resource } from './resource.ts';

test('sorts the query, encodes values and writes an empty one as a bare key', () => {
  expect(
    resource('/jobs', {
      State: 'Running',
      Marker: '',
      IsReverse: true,
      MaxItemCount: 5,
      ClusterId: undefined,
    }),
  ).toBe('/jobs?IsReverse=true&Marker&MaxItemCount=5&State=Running');
  expect(resource('/apps', { Marker: 'a b/c' })).toBe('/apps?Marker=a%20b%2Fc');
});

test('leaves a path without query alone and encodes its segments', () => {
  expect(resource(path('jobs', 'job-1', 'tasks', 'a/b', 'instances', 0))).toBe(
    '/jobs/job-1/tasks/a%2Fb/instances/0',
  );
});
