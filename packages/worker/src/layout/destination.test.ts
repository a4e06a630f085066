import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AttemptFailure } from '../attempt-failure.ts';
import { destination, isBelow } from './destination.ts';

const at = (path: string): string => destination(path, 'vm', 'InvalidInputMapping').path;

function acceptedOrRefused(path: string): string {
  try {
    return at(path);
  } catch (error) {
    if (error instanceof AttemptFailure) return 'refused';
    throw error;
  }
}

describe('a local path of a mapping', () => {
  it('is taken as it is, a trailing slash meaning a folder', () => {
    expect(destination('/home/input/', 'vm', 'X')).toEqual({ path: '/home/input', folder: true });
    expect(destination('/name', 'vm', 'X')).toEqual({ path: '/name', folder: false });
  });

  it('counts from the work folder when it is relative', () => {
    expect(at('out/rc.txt')).toBe('/home/admin/workdir/out/rc.txt');
    expect(at('./rc')).toBe('/home/admin/workdir/rc');
  });

  it.each([
    '/',
    '//',
    '/proc',
    '/proc/1/',
    '/sys/',
    '/dev/shm',
    '/etc/passwd',
    '/etc/',
    '/usr/',
    '/.rebatch/logs/',
  ])('is refused where it would cover the system: %s', (path) => {
    expect(() => at(path)).toThrow('belongs to the system');
  });

  it('is refused when it leads out, is no path, or is a Windows path', () => {
    expect(() => at('/home/../etc/passwd')).toThrow('must not contain ".."');
    expect(() => at('../x')).toThrow('must not contain ".."');
    expect(() => at('')).toThrow('is no path');
    expect(() => at('/a\0b')).toThrow('is no path');
    expect(() => at('E:')).toThrow('is a Windows path');
  });

  it('is always absolute and outside of what the system needs, or refused', () => {
    const segment = fc.constantFrom('..', '.', '', 'proc', 'etc', 'passwd', 'home', 'x');
    const path = fc.array(segment, { maxLength: 6 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, (candidate) => {
        const place = acceptedOrRefused(candidate);
        expect(place).toMatch(/^(refused|\/.+)$/);
        expect(isBelow(place, '/proc')).toBe(false);
        expect(['/', '/proc', '/etc', '/etc/passwd']).not.toContain(place);
      }),
    );
  });
});
