import { EXIF_FIELDS, EXIF_FOLDER } from './exif-fields.ts';

/** Bytes of one value of each type, from 1 on: byte, text, short, long, rational, (signed) byte, undefined, short, long, rational. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8];

/** Values of a tag that are shown; what has more is left out. */
const MAX_VALUES = 64;
const MAX_TEXT = 1024;

/** Entries of all folders together: more than cameras write, and the end of folders that point in a circle. */
const MAX_ENTRIES = 512;

/**
 * The fields of an EXIF block that OSS shows, as texts: numbers as `6`, rationals as `96/1`, bytes as `48 50 50 49`.
 * What is broken in it, or unknown, is left out.
 */
export function readExif(exif: Uint8Array): Map<string, string> {
  const header = Buffer.from(exif.buffer, exif.byteOffset, Math.min(6, exif.byteLength)).toString('latin1');
  const start = header === 'Exif\0\0' ? 6 : 0;
  const view = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  const fields = new Map<string, string>();
  if (view.byteLength < 8) {
    return fields;
  }
  const isLittle = view.getUint16(0) === 0x4949;
  const folders = [view.getUint32(4, isLittle)];
  let entries = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    if (folder === 0 || folder + 2 > view.byteLength) continue;
    const count = view.getUint16(folder, isLittle);
    for (let index = 0; index < count; index += 1) {
      const at = folder + 2 + 12 * index;
      entries += 1;
      if (entries > MAX_ENTRIES || at + 12 > view.byteLength) return fields;
      const tag = view.getUint16(at, isLittle);
      const name = EXIF_FIELDS.get(tag);
      const value = name === undefined ? undefined : readValue(view, at, isLittle);
      if (name !== undefined && value !== undefined && !fields.has(name)) fields.set(name, value);
      if (tag === EXIF_FOLDER && value !== undefined) folders.push(Number(value));
    }
    const next = folder + 2 + 12 * count;
    if (next + 4 <= view.byteLength) folders.push(view.getUint32(next, isLittle));
  }
  return fields;
}

function readValue(view: DataView, at: number, isLittle: boolean): string | undefined {
  const type = view.getUint16(at + 2, isLittle);
  const count = view.getUint32(at + 4, isLittle);
  const each = TYPE_BYTES[type] ?? 0;
  const isText = type === 2;
  if (each === 0 || count > (isText ? MAX_TEXT : MAX_VALUES)) {
    return undefined;
  }
  const start = each * count <= 4 ? at + 8 : view.getUint32(at + 8, isLittle);
  if (start + each * count > view.byteLength) {
    return undefined;
  }
  if (isText) {
    const text = Buffer.from(view.buffer, view.byteOffset + start, count).toString('utf8');
    return text.split('\0')[0]?.trimEnd();
  }
  const values = Array.from({ length: count }, (_, index) =>
    readNumber(view, start + each * index, type, isLittle),
  );
  return values.join(' ');
}

function readNumber(view: DataView, at: number, type: number, isLittle: boolean): string | number {
  switch (type) {
    case 3:
      return view.getUint16(at, isLittle);
    case 4:
      return view.getUint32(at, isLittle);
    case 5:
      return `${view.getUint32(at, isLittle)}/${view.getUint32(at + 4, isLittle)}`;
    case 8:
      return view.getInt16(at, isLittle);
    case 9:
      return view.getInt32(at, isLittle);
    case 10:
      return `${view.getInt32(at, isLittle)}/${view.getInt32(at + 4, isLittle)}`;
    default:
      return view.getUint8(at);
  }
}
