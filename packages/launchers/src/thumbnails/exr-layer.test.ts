import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exrLayer } from './exr-layer.ts';

/** A file with the start of an OpenEXR header that names the channels. */
function picture(channels: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'rebatch-exr-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.exr');
  // Each with its type (2: 32 bits), linearity, and 1, 1 for every pixel.
  const facts = '\x02\0\0\0\0\0\0\0\x01\0\0\0\x01\0\0\0';
  const list = channels.map((name) => `${name}\0${facts}`).join('');
  writeFileSync(path, `\x76\x2f\x31\x01\x02\0\0\0channels\0chlist\0\x40\0\0\0${list}\0`, 'latin1');
  return path;
}

test.each<[string[], string | undefined]>([
  [['A', 'B', 'G', 'R'], undefined],
  [['Depth.R', 'R'], undefined],
  [['ViewLayer.Combined.B', 'ViewLayer.Combined.R', 'ViewLayer.Depth.Z'], 'ViewLayer.Combined'],
  [['A.Diffuse.R', 'my layer.Combined.R'], 'my layer.Combined'],
  [['beauty.R', 'beauty.G', 'spec.R'], 'beauty'],
  [['Z'], undefined],
])('of channels %j the picture is in layer %s', async (channels, layer) => {
  expect(await exrLayer(picture(channels))).toBe(layer);
});

test('what is no OpenEXR file has no layers', async () => {
  const path = picture([]);
  writeFileSync(path, 'junk');
  expect(await exrLayer(path)).toBeUndefined();
});
