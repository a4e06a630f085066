import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readNight } from '../support/audit.ts';

const OK = '{"kind":"exited","exitCode":0}';
const JOBS = [{ id: 'j', tasks: { a: { instances: 1 }, b: { instances: 2, after: ['a'] } } }];

/** The audit of a night that went like these lines. */
async function auditOf(...lines: string[]): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-audit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'journal'), lines.map((line) => `${line}\n`).join(''));
  return readNight(join(folder, 'journal'), 2, JOBS);
}

const begin = (id: string): string => `begin 1 ${id} {"ms":1,"outcome":${OK}}`;
const end = (id: string, outcome = OK): string => `end 2 ${id} ${outcome}`;
const whole = (id: string): string[] => [begin(id), end(id), `forget 3 ${id}`];

const CLEAN = { lost: 0, twice: 0, overCapacity: 0, dependencyBroken: 0 };

test('an audit finds nothing in a good night, with its retries', async () => {
  const failed = [begin('j.a.0.0'), end('j.a.0.0', '{"kind":"exited","exitCode":1}'), 'forget 3 j.a.0.0'];
  const night = await auditOf(...failed, ...whole('j.a.0.1'), ...whole('j.b.0.0'), ...whole('j.b.1.0'));
  expect(night).toEqual({ attempts: 4, storedAt: 3, ...CLEAN });
});

test.each([
  ['an instance that is lost', { lost: 1 }, [...whole('j.a.0.0'), ...whole('j.b.0.0'), begin('j.b.1.0')]],
  ['an attempt that began again', { twice: 1 }, [begin('j.a.0.0'), ...whole('j.a.0.0')]],
  ['a second attempt beside the first', { twice: 1 }, [begin('j.a.0.0'), ...whole('j.a.0.1')]],
  ['an attempt after a stored success', { twice: 1 }, [...whole('j.a.0.0'), ...whole('j.a.0.1')]],
  ['more at once than slots', { overCapacity: 1 }, ['j.x.0.0', 'j.x.1.0', 'j.x.2.0'].map(begin)],
  ['a task that did not wait', { dependencyBroken: 1 }, [...whole('j.b.0.0'), ...whole('j.a.0.0')]],
])('an audit finds %s', async (_what, fault, lines) => {
  expect(await auditOf(...lines)).toMatchObject(fault);
});
