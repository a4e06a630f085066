import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ended, lineThatStarts, Workshop } from '../testing/launched.ts';

describe('the blender on PATH', () => {
  test("gives every frame of the seed's command line, which joins frames with blanks", async () => {
    using shop = new Workshop();
    const args = [
      '-b',
      shop.scene('s.blend'),
      '-o',
      shop.path('out/####.png'),
      '-F',
      'PNG',
      '-f',
      '1',
      '2',
      '3',
    ];
    const { code } = await shop.run('blender-front', args);
    expect(code).toBe(0);
    expect(shop.started()[0]?.args).toEqual([...args.slice(0, -3), '1,2,3']);
    expect(
      ['0001.png', '0002.png', '0003.png'].filter((name) => existsSync(shop.path(`out/${name}`))),
    ).toHaveLength(3);
  });

  test.each([
    [['-v']],
    [['-b', '--python', 'x.py', '--', '-f', '1', '2']],
    [['-b', '--python-expr', "print('a  b')", '']],
    [['-b', '--addons', 'a,b', '--version']],
  ])('hands %j on untouched', async (args) => {
    using shop = new Workshop();
    shop.scene('x.py');
    shop.scene('print');
    await shop.run('blender-front', args);
    expect(shop.started()[0]?.args).toEqual(args);
  });

  test('shows what Blender prints, byte by byte', async () => {
    using shop = new Workshop();
    const scene = shop.scene('s.blend', { says: ['\u00e9\u4e16 no change', '\ttab'] });
    const { stdout } = await shop.run('blender-front', [
      '-b',
      scene,
      '-o',
      shop.path('o/#'),
      '-F',
      'PNG',
      '-f',
      '1',
    ]);
    expect(stdout).toContain('\u00e9\u4e16 no change\n\ttab\nFra:1 Mem:');
    expect(stdout.endsWith('\nBlender quit\n')).toBe(true);
  });

  test('fails when a promised picture is missing although Blender ended with 0', async () => {
    using shop = new Workshop();
    const scene = shop.scene('s.blend', { empty: [2] });
    const args = ['-b', scene, '-o', shop.path('out/##'), '-F', 'JPEG', '-f', '1..3'];
    const { code, stderr } = await shop.run('blender-front', args);
    expect(code).toBe(1);
    expect(stderr).toBe(`blender: 1 of 3 pictures are missing: ${shop.path('out/02.jpg')}\n`);
  });

  test('fails when Blender says something fatal although it ended with 0', async () => {
    using shop = new Workshop();
    const fatal = "Error: Format from '-F / --render-format' not known or not compiled in this release.";
    const scene = shop.scene('s.blend', { says: [fatal] });
    const { code, stderr } = await shop.run('blender-front', [
      '-b',
      scene,
      '-o',
      shop.path('o/#'),
      '-F',
      'PGN',
      '-f',
      '1',
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe(`blender: Blender said: ${fatal}\n`);
  });

  test("gives Blender's own exit code when that is not 0", async () => {
    using shop = new Workshop();
    const scene = shop.scene('s.blend', { exitCode: 11 });
    const args = ['-b', scene, '-o', shop.path('o/#'), '-F', 'PNG', '-f', '1'];
    expect((await shop.run('blender-front', args)).code).toBe(11);
  });

  test('passes signals on', async () => {
    using shop = new Workshop();
    const scene = shop.scene('s.blend', { waits: true });
    const child = shop.start('blender-front', ['-b', scene, '-o', shop.path('o/#'), '-F', 'PNG', '-f', '1']);
    const end = ended(child);
    await lineThatStarts(child, 'Saved: ');
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
  });

  test('says so when the real one is not there', async () => {
    using shop = new Workshop();
    const { code, stderr } = await shop.run('blender-front', ['-v'], { REBATCH_BLENDER: shop.path('none') });
    expect(code).toBe(1);
    expect(stderr).toContain(`blender: cannot start ${shop.path('none')}`);
  });
});
