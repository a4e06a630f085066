import { Transform } from 'node:stream';

/** Passes on all but the first line, which goes to `take`. */
export function withoutFirstLine(take: (line: string) => void): Transform {
  let line: Buffer | undefined = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (line === undefined) {
        done(null, chunk);
        return;
      }
      const end = chunk.indexOf('\n');
      line = Buffer.concat([line, end < 0 ? chunk : chunk.subarray(0, end)]);
      if (end < 0) {
        done();
        return;
      }
      take(line.toString());
      line = undefined;
      done(null, chunk.subarray(end + 1));
    },
  });
}
