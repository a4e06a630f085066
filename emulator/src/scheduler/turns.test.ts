import { manualClock, stateConflict } from '@rebatch/model';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

interface Bench {
  turns: Turns;
  clock: ReturnType<typeof manualClock>;
  log: string[];
  /** Makes writing fail while set. */
  disk: { full: boolean; reserve: number };
  /** Lets the next turn come. */
  next: () => void;
}

function bench(): Bench {
  const clock = manualClock(0);
  const log: string[] = [];
  const disk = { full: false, reserve: 0 };
  const due: (() => void)[] = [];
  const turns = new Turns({
    clock,
    transaction(body) {
      log.push('begin');
      body();
      if (disk.full) throw new Error('disk full');
      log.push('commit');
    },
    finish: () => log.push('finish'),
    recover: () => log.push('recover'),
    failed: (error) => log.push(String(error)),
    makeRoom() {
      if (disk.reserve === 0) return false;
      disk.reserve--;
      disk.full = false;
      return true;
    },
    defer: (turn) => due.push(turn),
  });
  return { turns, clock, log, disk, next: () => due.shift()?.() };
}

test('what comes close together shares one transaction, and effects follow it', async () => {
  const { turns, log, next } = bench();
  turns.happened((turn) => {
    log.push('one');
    turn.after(() => log.push('effect of one'));
  });
  const asked = turns.ask(() => {
    log.push('two');
    return 2;
  });
  next();
  expect(await asked).toBe(2);
  expect(log).toEqual(['begin', 'one', 'two', 'finish', 'commit', 'effect of one']);
});

test('a refusal reaches the one who asked and nobody else', async () => {
  const { turns, log, next } = bench();
  const refused = turns.ask(() => {
    throw stateConflict('Running');
  });
  const granted = turns.ask(() => 'yes');
  next();
  await expect(refused).rejects.toMatchObject({ code: 'StateConflict' });
  expect(await granted).toBe('yes');
  expect(log).toContain('commit');
});

test('when nothing can be written, requests fail, events are kept, effects wait and memory is read again', async () => {
  const { turns, clock, log, disk, next } = bench();
  disk.full = true;
  turns.happened((turn) => {
    log.push('event');
    turn.after(() => log.push('effect'));
    turn.undo(() => log.push('undone'));
  });
  const asked = turns.ask(() => 'never');
  next();
  await expect(asked).rejects.toThrow('disk full');
  expect(turns.failure).toBe('disk full');
  expect(log).toEqual(['begin', 'event', 'finish', 'Error: disk full', 'undone']);
  disk.full = false;
  log.length = 0;
  clock.advance(1000);
  next();
  expect(log).toEqual(['recover', 'begin', 'event', 'finish', 'commit', 'effect']);
  expect(turns.failure).toBeUndefined();
});

test('settled waits for what has come, and for what that brings', async () => {
  const { turns, log, next } = bench();
  await turns.settled();
  turns.happened((turn) => turn.after(() => turns.happened(() => log.push('second'))));
  let settled = false;
  const waiting = turns.settled().then(() => {
    settled = true;
  });
  next();
  await Promise.resolve();
  expect(settled).toBe(false);
  next();
  await waiting;
  expect(log).toContain('second');
});

test('after it was closed nothing is done any more', async () => {
  const { turns, log } = bench();
  const last = turns.ask(() => log.push('last'));
  turns.close();
  await last;
  turns.happened(() => log.push('too late'));
  await expect(turns.ask(() => 0)).rejects.toThrow('closed');
  turns.runNow();
  await turns.settled();
  expect(log).toEqual(['begin', 'last', 'finish', 'commit']);
});

test('on a full disk the reserve is spent, and what was asked for is done all the same', async () => {
  const { turns, log, next, disk } = bench();
  disk.full = true;
  disk.reserve = 1;
  const asked = turns.ask((turn) => {
    log.push('stop a job');
    turn.undo(() => log.push('undo'));
  });
  next();
  await asked;
  expect(log).toEqual([
    'begin',
    'stop a job',
    'finish',
    'Error: disk full',
    'undo',
    'recover',
    'begin',
    'stop a job',
    'finish',
    'commit',
  ]);
  expect(turns.failure).toBeUndefined();
});
