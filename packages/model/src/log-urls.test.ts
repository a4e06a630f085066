import { expect, test } from 'vitest';
import { mappedLogUrl, streamLogUrl } from './log-urls.ts';

const OWNER = { jobId: 'job-0000000065A0B1C20000000100000001', taskName: 'prepare', instanceId: 3 };
const NAME = 'job-0000000065A0B1C20000000100000001.prepare.3';

test('a stream is an object named after its instance', () => {
  expect(streamLogUrl('oss://b1x/logs/', 'stdout', OWNER)).toBe(`oss://b1x/logs/stdout.${NAME}`);
  expect(streamLogUrl('oss://b1x/', 'stderr', OWNER)).toBe(`oss://b1x/stderr.${NAME}`);
});

test.each([
  ['/var/log/x.log', 'oss://demo/logs/', `oss://demo/logs/x.log.${NAME}`],
  ['C:\\logs\\x.log', 'oss://demo/logs/', `oss://demo/logs/x.log.${NAME}`],
  ['/var/log/x.log', 'oss://demo', `oss://demo/x.log.${NAME}`],
  ['/var/log/x.log', 'oss://demo/logs/y.log', 'oss://demo/logs/y.log'],
  ['/var/log/', 'oss://demo/logs/', 'oss://demo/logs/'],
])('the log %s mapped to %s goes to %s', (path, url, expected) => {
  expect(mappedLogUrl(path, url, OWNER)).toBe(expected);
});
