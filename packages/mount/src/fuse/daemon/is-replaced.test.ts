import { describe, expect, it } from 'vitest';
import { pathsOf } from '../../host/mount-paths.ts';
import { isReplaced } from './is-replaced.ts';

const [mine, later, earlier] = [2, 3, 1].map((protocol) => pathsOf('/data/mounts', '/run/x', protocol));

function table(...mounts: [mountPoint: string | undefined, lower?: string][]) {
  return mounts.map(([mountPoint = '', lower]) => ({ device: '0:1', mountPoint, ...(lower && { lower }) }));
}

describe('A mount daemon without a server', () => {
  it('is replaced when one of a later release is there and nothing is mounted on it any more', () => {
    const both = table([mine?.fileSystem], [later?.fileSystem]);
    expect(isReplaced(mine!, both)).toBe(true);
    expect(isReplaced(mine!, [...both, ...table(['/run/x/mounts/a', `${later?.fileSystem}/1`])])).toBe(true);
    expect(isReplaced(mine!, [...both, ...table(['/run/x/mounts/a', `${mine?.fileSystem}/1`])])).toBe(false);
  });

  it('is not replaced by one of an earlier release, or of another data folder', () => {
    expect(isReplaced(mine!, table([mine?.fileSystem]))).toBe(false);
    expect(isReplaced(mine!, table([mine?.fileSystem], [earlier?.fileSystem]))).toBe(false);
    expect(isReplaced(mine!, table([mine?.fileSystem], ['/run/y/3-snapshots'], ['/run/x/3-x']))).toBe(false);
  });
});
