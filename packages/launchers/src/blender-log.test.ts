import { describe, expect, test } from 'vitest';
import { type BlenderEvent, readBlenderLine } from './blender-log.ts';

/** Lines as Blender 3.4.1 printed them. */
describe('a line of Blender', () => {
  test.each<[string, BlenderEvent]>([
    [
      'Fra:3 Mem:9.99M (Peak 10.83M) | Time:00:00.00 | Remaining:00:00.00 | Mem:0.84M, Peak:0.84M | Scene, ViewLayer | Sample 1/4',
      { kind: 'working', frame: 3, peakMegabytes: 10.83, sample: { done: 1, of: 4 } },
    ],
    [
      'Fra:1 Mem:10.78M (Peak 11.89M) | Time:00:02.14 | Rendering 64 / 64 samples',
      { kind: 'working', frame: 1, peakMegabytes: 11.89, sample: { done: 64, of: 64 } },
    ],
    [
      'Fra:-5 Mem:9.40M (Peak 10.83M) | Time:00:00.03 | Mem:0.00M, Peak:0.00M | Scene, ViewLayer | Updating Camera',
      { kind: 'working', frame: -5, peakMegabytes: 10.83 },
    ],
    [
      'Fra:12 Mem:24.49M (0.00M, Peak 30.06M) | Time:00:00.26 | Syncing Cube',
      { kind: 'working', frame: 12, peakMegabytes: 30.06 },
    ],
    ["Saved: '/out/it's/0012.png'", { kind: 'saved', path: "/out/it's/0012.png" }],
    ['Append frame 3', { kind: 'appended', frame: 3 }],
    [' Time: 00:01.52 (Saving: 00:00.08)', { kind: 'time', seconds: 1.52 }],
    [' Time: 01:02:03.50 (Saving: 00:00.08)', { kind: 'time', seconds: 3723.5 }],
    ['rebatch-setup: denoising is off', { kind: 'setup', text: 'denoising is off' }],
    ['Blender 3.4.1', { kind: 'other', text: 'Blender 3.4.1' }],
    [
      "Error: Shader 'x' is odd, said an add-on",
      { kind: 'other', text: "Error: Shader 'x' is odd, said an add-on" },
    ],
    ['', { kind: 'other', text: '' }],
  ])('%j is understood', (line, event) => {
    expect(readBlenderLine(line)).toEqual(event);
  });

  test.each([
    "Error: Cannot read file '/in/missing.blend': No such file or directory",
    "Error: File format is not supported in file '/in/junk.blend'",
    "Error: Failed to read blend file '/in/half.blend': Missing DNA block",
    "Error: Format from '-F / --render-format' not known or not compiled in this release.",
    "Error: not a number '-f / --render-frame x'.",
    "Error: incorrect comma use '-f / --render-frame 1,,3'.",
    "Error: frame number must follow '-f / --render-frame'.",
    "Warning: negative range ignored '-f / --render-frame 5..2'.",
    'Info: No frames rendered, skipped to not overwrite',
    "Error: engine not found 'NOPE'",
    'Error: Cannot render, no camera',
    'Error: Found no Cycles device of the specified type',
    'Error: FOO is not a valid Cycles device.',
    "Error: Render error (No space left on device) cannot save: '/out/0002.bmp'",
    'Error: Build without OpenImageDenoiser',
    `Error: script failed, expr: 'raise ValueError("x")', exiting.`,
  ])('%j is fatal', (text) => {
    expect(readBlenderLine(text)).toEqual({ kind: 'fatal', text });
  });
});
