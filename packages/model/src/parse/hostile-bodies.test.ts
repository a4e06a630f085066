import { expect, test } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { parseAppDescription } from './parse-app.ts';
import { parseClusterDescription } from './parse-cluster.ts';
import { parseJobDescription } from './parse-job.ts';

const DEEP = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
const COMMAND = '{"Parameters": {"Command": {"CommandLine": "true"}}}';

test('an object ten thousand levels deep under an unknown key is ignored', () => {
  const body = JSON.parse(`{"Name": "a", "Type": "DAG", "x": ${DEEP}, "DAG": {"Tasks": {"t": ${COMMAND}}}}`);
  expect(parseJobDescription(body).Name).toBe('a');
});

test.each(['Name', 'Priority', 'AutoRelease'])('one in the place of %s is refused', (key) => {
  const body = JSON.parse(`{"Name": "a", "Type": "DAG", "${key}": ${DEEP}}`);
  expect(refusal(() => parseJobDescription(body)).code).toBe(`Invalid${key}`);
});

test('one in the place of a variable is refused', () => {
  const task = `{"Parameters": {"Command": {"CommandLine": "true", "EnvVars": {"A": ${DEEP}}}}}`;
  const body = JSON.parse(`{"Name": "a", "Type": "DAG", "DAG": {"Tasks": {"t": ${task}}}}`);
  expect(refusal(() => parseJobDescription(body)).message).toContain('The type of "A" must be string.');
});

test('__proto__ as a key reaches no other object', () => {
  const task =
    '{"__proto__": {"InstanceCount": 7}, "Parameters": {"Command": {"CommandLine": "true", "EnvVars": {"__proto__": "x"}}}, ' +
    '"InputMapping": {"__proto__": ""}, "AutoCluster": {"UserData": {"__proto__": "y"}}}';
  const job = parseJobDescription(
    JSON.parse(
      `{"__proto__": {"Priority": 9}, "Name": "a", "Type": "DAG", "DAG": {"Tasks": {"t": ${task}}}}`,
    ),
  );
  expect(job).toMatchObject({ Priority: 0, DAG: { Tasks: { t: { InstanceCount: 1 } } } });
  expect(JSON.stringify(job)).toContain('"EnvVars":{"__proto__":"x"}');
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['Priority']).toBeUndefined();
});

test('fields that every object inherits are not given', () => {
  const cluster = { Name: 'a', ImageId: 'img-ubuntu', Groups: { constructor: { DesiredVMCount: 1 } } };
  expect(Object.keys(parseClusterDescription(cluster).Groups)).toEqual(['constructor']);
  const app = {
    Name: 'a',
    CommandLine: 'true',
    VM: { ECSImageId: 'm-1' },
    InputParameters: { toString: {} },
  };
  expect(Object.keys(parseAppDescription(app).InputParameters)).toEqual(['toString']);
});

test('too many tasks are refused', () => {
  const tasks = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`t${i}`, {}]));
  const body = { Name: 'a', Type: 'DAG', DAG: { Tasks: tasks } };
  expect(refusal(() => parseJobDescription(body)).code).toBe('InvalidDAG.Tasks');
});

test('too many successors are refused', () => {
  const body = JSON.parse(`{"Name": "a", "Type": "DAG", "DAG": {"Tasks": {"t": ${COMMAND}}}}`);
  body.DAG.Dependencies = { t: Array(100_001).fill('t') };
  expect(refusal(() => parseJobDescription(body)).message).toContain('Its size must be in [0, 100000].');
});

test('a chain of a thousand tasks is put in order', () => {
  const tasks = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`t${i}`, JSON.parse(COMMAND)]));
  const edges = Object.fromEntries(Array.from({ length: 999 }, (_, i) => [`t${i}`, [`t${i + 1}`]]));
  const job = { Name: 'a', Type: 'DAG', DAG: { Tasks: tasks, Dependencies: edges } };
  expect(parseJobDescription(job).Type).toBe('DAG');
});

test('a key of a megabyte comes back short in the error', () => {
  const key = 'x'.repeat(1_000_000);
  const { code, message } = refusal(() =>
    parseJobDescription({ Name: 'a', Type: 'DAG', DAG: { Tasks: { [key]: {} } } }),
  );
  expect(code.length + message.length).toBeLessThan(1000);
});
