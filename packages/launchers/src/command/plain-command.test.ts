import { expect, test } from 'vitest';
import { plainCommand } from './plain-command.ts';

test.each([
  [`render_cmd = 'render -s $START_FRAME "$SCENE_FILE"'`, 'render -s $START_FRAME "$SCENE_FILE"'],
  [' render_cmd="a b"\n', 'a b'],
  ['render -s $START_FRAME', 'render -s $START_FRAME'],
  ["render_cmd = 'a' + 'b'", "render_cmd = 'a' + 'b'"],
])('%s runs %s', (text, command) => {
  expect(plainCommand(text)).toBe(command);
});
