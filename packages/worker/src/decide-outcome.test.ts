import { describe, expect, it } from 'vitest';
import { decideOutcome, type ProgramEnd } from './decide-outcome.ts';
import type { SandboxEnd } from './sandbox/sandboxes.ts';

function end(part: Partial<ProgramEnd>, sandbox: Partial<SandboxEnd> = {}): ProgramEnd {
  return {
    sandbox: { phase: 'ended', exitCode: part.exitCode ?? 0, oomKilled: false, ...sandbox },
    exitCode: 0,
    begun: true,
    killed: undefined,
    timeoutSeconds: 60,
    ...part,
  };
}

describe('how an attempt ended', () => {
  it('is the program’s own exit code when it noted one', () => {
    expect(decideOutcome(end({ exitCode: 0 }))).toEqual({ kind: 'exited', exitCode: 0 });
    expect(decideOutcome(end({ exitCode: 42 }))).toEqual({ kind: 'exited', exitCode: 42 });
  });

  it('is a signal for the codes with which shells report one', () => {
    expect(decideOutcome(end({ exitCode: 139 }))).toEqual({
      kind: 'killed',
      reason: 'signal',
      exitCode: 139,
    });
  });

  it('is want of memory only when the program failed of it', () => {
    const oom = { oomKilled: true };
    expect(decideOutcome(end({ exitCode: 137 }, oom))).toEqual({
      kind: 'killed',
      reason: 'oom',
      exitCode: 137,
    });
    expect(decideOutcome(end({ exitCode: 0 }, oom))).toEqual({ kind: 'exited', exitCode: 0 });
  });

  it('is a stop or a timeout when this side did it, whatever the program said', () => {
    expect(decideOutcome(end({ killed: 'stopped', exitCode: 0 }))).toEqual({ kind: 'stopped' });
    expect(decideOutcome(end({ killed: 'timeout', exitCode: 0 }))).toEqual({
      kind: 'killed',
      reason: 'timeout',
      exitCode: 0,
    });
  });

  it('is a timeout when a server that died had killed it on time', () => {
    const overdue = { exitCode: 137, startedAt: 0, endedAt: 60_500 };
    expect(decideOutcome(end({ exitCode: undefined }, overdue))).toMatchObject({
      kind: 'killed',
      reason: 'timeout',
    });
  });

  it('is a success that came late while no server watched', () => {
    const late = { startedAt: 0, endedAt: 90_000 };
    expect(decideOutcome(end({ exitCode: 0 }, late))).toEqual({ kind: 'exited', exitCode: 0 });
  });

  it('is lost when the sandbox was ended from outside or is gone', () => {
    expect(decideOutcome(end({ exitCode: undefined }, { exitCode: 137 }))).toMatchObject({ kind: 'lost' });
    expect(decideOutcome(end({ exitCode: undefined, sandbox: undefined }))).toMatchObject({ kind: 'lost' });
  });

  it('is a failure of the image when there is no shell to run the command line', () => {
    const nothingRan = end({ exitCode: undefined, begun: false }, { exitCode: 127 });
    expect(decideOutcome(nothingRan)).toMatchObject({ kind: 'failed', code: 'InvalidImage' });
  });

  it.each([1, 126])(
    'is a failure of the image when its shell cannot be run (an init’s code %d)',
    (exitCode) => {
      const nothingRan = end({ exitCode: undefined, begun: false }, { exitCode });
      expect(decideOutcome(nothingRan)).toMatchObject({
        kind: 'failed',
        code: 'InvalidImage',
        message: expect.stringContaining('another kind of machine'),
      });
      expect(decideOutcome({ ...nothingRan, begun: true }).kind).toBe('lost');
    },
  );
});
