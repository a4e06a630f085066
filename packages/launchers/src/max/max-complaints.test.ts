import { expect, test } from 'vitest';
import { MaxComplaints } from './max-complaints.ts';

test.each([
  ['Error rendering frame 3: An unexpected exception has occurred', 'frame'],
  ['  could not find the specified file in DefaultSettings\\MaxStartup.ini', 'program'],
  ['The license server is not available', 'program'],
  ['ERROR: no valid licence found', 'program'],
  ['3ds Max licensing: Failed to obtain a license (-15.570)', 'program'],
])('is a failure: %s', (line, complaint) => {
  const complaints = new MaxComplaints();
  expect(complaints.take(line)).toBe(complaint);
  expect(complaints.lines).toEqual([line.trim()]);
});

test.each(['Frame 3 completed', 'License obtained from server render01', 'Rendering frame 3', 'No errors'])(
  'is none: %s',
  (line) => expect(new MaxComplaints().take(line)).toBeUndefined(),
);

test('only the first few are kept', () => {
  const complaints = new MaxComplaints();
  for (let frame = 0; frame < 100; frame += 1) complaints.take(`Error rendering frame ${frame}`);
  expect(complaints.lines).toHaveLength(5);
});
