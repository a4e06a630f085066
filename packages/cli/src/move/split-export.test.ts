import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitExport } from './split-export.ts';

const HEADER = '{"Format":"rebatch-export","Version":1}';

test('parts of an export hold each record once, in order, and are exports themselves', () => {
  const record = fc.tuple(fc.constantFrom('App', 'Job'), fc.string({ maxLength: 60 }));
  fc.assert(
    fc.property(fc.array(record), fc.integer({ min: 10, max: 1000 }), (records, limit) => {
      const lines = records.map(([kind, text]) => `{"Kind":"${kind}","X":${JSON.stringify(text)}}`);
      const jobs = records.filter(([kind]) => kind === 'Job').length;
      const end = `{"Kind":"End","Apps":${records.length - jobs},"Jobs":${jobs}}`;
      const parts = splitExport([HEADER, ...lines, end].join('\n'), limit).map((part) =>
        part.trim().split('\n'),
      );
      expect(parts.flatMap((part) => part.slice(1, -1))).toEqual(lines);
      let sum = 0;
      for (const part of parts) {
        expect(part[0]).toBe(HEADER);
        const { Apps, Jobs } = JSON.parse(part.at(-1)!);
        expect(Apps + Jobs).toBe(part.length - 2);
        sum += Jobs;
      }
      expect(sum).toBe(jobs);
    }),
  );
});

test.each(['', 'hello', HEADER, `${HEADER}\n{"Kind":"Job"}`, '{"Kind":"End","Apps":0,"Jobs":0}'])(
  'what is no whole export is refused: %j',
  (text) => expect(() => splitExport(text, 1000)).toThrow('no export'),
);
