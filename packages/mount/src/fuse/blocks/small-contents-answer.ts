/** In place of a length: the object was changed or deleted. */
const GONE = 0xff_ff_ff_ff;
const LENGTH_BYTES = 4;

/** The answer to a request for small contents: for each its length, then its bytes. Undefined for one that is gone. */
export function encodeSmallContents(contents: readonly (Buffer | undefined)[]): Buffer {
  return Buffer.concat(
    contents.flatMap((content) => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(content?.length ?? GONE);
      return content === undefined ? [length] : [length, content];
    }),
  );
}

/** @throws Error when the answer does not hold exactly `count` contents. */
export function decodeSmallContents(answer: Buffer, count: number): (Buffer | undefined)[] {
  const contents: (Buffer | undefined)[] = [];
  let at = 0;
  while (contents.length < count && at + LENGTH_BYTES <= answer.length) {
    const length = answer.readUInt32LE(at);
    at += LENGTH_BYTES;
    // A copy: what one of them holds on to should not be the whole answer.
    contents.push(length === GONE ? undefined : Buffer.from(answer.subarray(at, at + length)));
    if (length !== GONE) at += length;
  }
  if (contents.length < count || at !== answer.length) throw new Error('the server sent a torn answer');
  return contents;
}
