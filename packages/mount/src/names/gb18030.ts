/**
 * Node decodes GB18030 and does not encode it. The table is made from the decoder: all two-byte codes, and the four-byte
 * codes of the basic plane (those up to 84 31 A4 39); codes of the other planes follow from arithmetic.
 */
const LAST_OF_BASIC_PLANE = 39_419;
const FIRST_OTHER = 0x1_00_00;

const decoder = new TextDecoder('gb18030');
let table: ReadonlyMap<number, Buffer> | undefined;

export function encodeGb18030(text: string): Buffer {
  // Most names are ASCII, which is the same.
  if (/^[\0-\x7F]*$/.test(text)) return Buffer.from(text);
  table ??= makeTable();
  const pieces: Buffer[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    pieces.push(encodePoint(point, table));
  }
  return Buffer.concat(pieces);
}

function encodePoint(point: number, known: ReadonlyMap<number, Buffer>): Buffer {
  if (point < 0x80) return Buffer.of(point);
  const code = known.get(point);
  if (code !== undefined) return code;
  if (point >= FIRST_OTHER) return fourBytes(0x90 - 0x81, point - FIRST_OTHER);
  return UNKNOWN;
}

/** `linear` codes behind the one that begins with `0x81 + lead` and has the least other bytes. */
function fourBytes(lead: number, linear: number): Buffer {
  const fourth = linear % 10;
  const third = Math.floor(linear / 10) % 126;
  const second = Math.floor(linear / 1260) % 10;
  const first = Math.floor(linear / 12_600);
  return Buffer.of(0x81 + lead + first, 0x30 + second, 0x81 + third, 0x30 + fourth);
}

function makeTable(): Map<number, Buffer> {
  const made = new Map<number, Buffer>();
  for (let linear = 0; linear <= LAST_OF_BASIC_PLANE; linear += 1) add(made, fourBytes(0, linear));
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) add(made, Buffer.of(lead, trail));
  }
  return made;
}

function add(made: Map<number, Buffer>, code: Buffer): void {
  const text = decoder.decode(code);
  const point = text.codePointAt(0) ?? 0;
  if (text === '\uFFFD' && !code.equals(REPLACEMENT)) return;
  if (String.fromCodePoint(point) === text) made.set(point, code);
}

/** "?", for half of a surrogate pair, and for the few characters of private use that the decoder never gives. */
const UNKNOWN = Buffer.of(0x3f);
/** The code of U+FFFD itself. */
const REPLACEMENT = Buffer.of(0x84, 0x31, 0xa4, 0x37);
