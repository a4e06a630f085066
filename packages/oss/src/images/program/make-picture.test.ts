import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImageProblemError } from '../image-problems.ts';
import { parseActions } from '../parse-actions.ts';
import { loadSharp, type SharpLibrary } from './load-sharp.ts';
import { makePicture } from './make-picture.ts';

let library: SharpLibrary;
let folder: string;

beforeAll(async () => {
  library = await loadSharp();
  folder = await mkdtemp(join(tmpdir(), 'rebatch-make-picture-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Made {
  contentType: string;
  bytes: Buffer;
}

async function make(source: Buffer, text: string): Promise<Made> {
  const path = join(folder, 'source');
  await writeFile(path, source);
  const job = { source: path, target: join(folder, 'target'), actions: parseActions(text) };
  const made = await makePicture(library, job);
  return { contentType: made.contentType, bytes: await readFile(made.path) };
}

const sizeOf = async (bytes: Buffer): Promise<unknown> => {
  const { format, width, height } = await sharp(bytes).metadata();
  return [format, width, height];
};

async function pixel(bytes: Buffer, left: number, top: number): Promise<number[]> {
  const region = { left, top, width: 1, height: 1 };
  return [...(await sharp(bytes).extract(region).ensureAlpha().raw().toBuffer())];
}

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];

/** 40 x 20 pixels, the left half red, the right half blue. */
function halves(): Sharp {
  const data = Buffer.alloc(40 * 20 * 3);
  for (let at = 0; at < 40 * 20; at += 1) {
    data[3 * at + (at % 40 < 20 ? 0 : 2)] = 255;
  }
  return sharp(data, { raw: { width: 40, height: 20, channels: 3 } });
}

const png = (): Promise<Buffer> => halves().png().toBuffer();

/** Three frames of 30 x 20 pixels. */
async function animation(): Promise<Buffer> {
  const frames = [0, 100, 200].map((shade) => Buffer.alloc(30 * 20 * 3, shade));
  return sharp(Buffer.concat(frames), { raw: { width: 30, height: 60, channels: 3, pageHeight: 20 } })
    .gif()
    .toBuffer();
}

test('actions are applied in the order in which they are written', async () => {
  const source = await png();
  const turnedFirst = await make(source, 'rotate,90/crop,w_20,h_10');
  expect(await sizeOf(turnedFirst.bytes)).toEqual(['png', 20, 10]);
  expect(await pixel(turnedFirst.bytes, 19, 9)).toEqual(RED);
  const cutFirst = await make(source, 'crop,x_20,w_20,h_10/rotate,90');
  expect(await sizeOf(cutFirst.bytes)).toEqual(['png', 10, 20]);
  expect(await pixel(cutFirst.bytes, 0, 0)).toEqual(BLUE);
});

test('the same action can come twice', async () => {
  const { bytes } = await make(await png(), 'crop,w_30/crop,x_10,w_15/rotate,90/rotate,90');
  expect(await sizeOf(bytes)).toEqual(['png', 15, 20]);
  expect(await pixel(bytes, 0, 0)).toEqual(BLUE);
  expect(await pixel(bytes, 14, 0)).toEqual(RED);
});

test('what is padded is filled with the colour that is given', async () => {
  const { bytes } = await make(await png(), 'resize,m_pad,w_20,h_20,color_FF0000,limit_0');
  expect(await sizeOf(bytes)).toEqual(['png', 20, 20]);
  expect(await pixel(bytes, 19, 0)).toEqual(RED);
  expect(await pixel(bytes, 19, 10)).toEqual(BLUE);
});

test.each([
  ['jpg', 'jpeg', 'image/jpeg'],
  ['png', 'png', 'image/png'],
  ['webp', 'webp', 'image/webp'],
  ['tiff', 'tiff', 'image/tiff'],
  ['avif', 'heif', 'image/avif'],
])('a picture becomes a %s, and can be processed as one', async (format, found, contentType) => {
  const made = await make(await png(), `format,${format}`);
  expect(made.contentType).toBe(contentType);
  expect(await sizeOf(made.bytes)).toEqual([found, 40, 20]);
  const info = JSON.parse(String((await make(made.bytes, 'info')).bytes));
  expect(info).toMatchObject({ Format: { value: format }, ImageWidth: { value: '40' } });
  expect(await sizeOf((await make(made.bytes, 'resize,w_20')).bytes)).toEqual([found, 20, 10]);
});

test('only a GIF can be written as a GIF', async () => {
  expect((await make(await png(), 'format,gif')).contentType).toBe('image/png');
  expect((await make(await animation(), 'format,gif')).contentType).toBe('image/gif');
});

test('what is round is transparent around it, and white where there is no transparency', async () => {
  const source = await png();
  const circle = (await make(source, 'circle,r_100')).bytes;
  expect(await sizeOf(circle)).toEqual(['png', 20, 20]);
  expect((await pixel(circle, 0, 0))[3]).toBe(0);
  expect(await pixel(circle, 5, 10)).toEqual(RED);
  const corners = (await make(source, 'rounded-corners,r_5')).bytes;
  expect(await sizeOf(corners)).toEqual(['png', 40, 20]);
  expect((await pixel(corners, 39, 19))[3]).toBe(0);
  expect(await pixel(corners, 39, 10)).toEqual(BLUE);
  const flat = (await make(source, 'circle,r_100/format,jpg')).bytes;
  expect((await pixel(flat, 0, 0)).every((value) => value > 240)).toBe(true);
});

test('a rotation by another than a right angle makes the picture grow', async () => {
  const { bytes } = await make(await png(), 'rotate,45/format,jpg');
  const { width, height } = await sharp(bytes).metadata();
  expect([width > 40, height > 20]).toEqual([true, true]);
  expect((await pixel(bytes, 0, 0)).every((value) => value > 240)).toBe(true);
});

test.each(['resize,w_400', 'rotate,0', 'rotate,360', 'indexcrop,x_10,i_9', 'resize,w_50/format,png'])(
  'by %s a picture stays what it is, byte for byte',
  async (text) => {
    const source = await png();
    expect((await make(source, text)).bytes.equals(source)).toBe(true);
  },
);

test('filters change pixels, and not the size', async () => {
  const source = await png();
  const middle = async (text: string): Promise<number[]> => {
    const { bytes } = await make(source, text);
    expect(await sizeOf(bytes)).toEqual(['png', 40, 20]);
    return pixel(bytes, 20, 10);
  };
  const [red = 0, , blue = 0] = await middle('blur,r_5,s_3');
  expect([red > 60, blue < 200]).toEqual([true, true]);
  expect(await middle('bright,-50')).toEqual([0, 0, 127, 255]);
  expect(await middle('contrast,-50')).toEqual([64, 64, 191, 255]);
  const { bytes: sharper } = await make(source, 'sharpen,100');
  expect(await pixel(sharper, 35, 10)).toEqual(BLUE);
  expect(sharper.equals(source)).toBe(false);
});

test('the radius of a blur is how far a colour spreads', async () => {
  const { bytes } = await make(await png(), 'blur,r_3,s_50');
  expect(await pixel(bytes, 15, 10)).toEqual(RED);
  expect(await pixel(bytes, 25, 10)).toEqual(BLUE);
  expect((await pixel(bytes, 18, 10))[2]).toBeGreaterThan(60);
});

test('relative quality is relative to that of the source, absolute quality never above it', async () => {
  const source = await halves().jpeg({ quality: 80 }).toBuffer();
  const qualityOf = async (text: string): Promise<Buffer> => (await make(source, text)).bytes;
  const wanted = (quality: number): Promise<Buffer> => sharp(source).jpeg({ quality }).toBuffer();
  expect((await qualityOf('quality,q_90')).equals(await wanted(72))).toBe(true);
  expect((await qualityOf('quality,Q_70')).equals(await wanted(70))).toBe(true);
  expect((await qualityOf('quality,Q_90')).equals(await wanted(80))).toBe(true);
  expect((await qualityOf('quality,q_50,Q_60')).equals(await wanted(60))).toBe(true);
});

test('a JPEG becomes a progressive one', async () => {
  const { bytes } = await make(await png(), 'format,jpg/interlace,1');
  expect((await sharp(bytes).metadata()).isProgressive).toBe(true);
});

test('what a camera held upright is upright, unless it is to stay as it lies', async () => {
  const source = await halves().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
  const upright = (await make(source, 'resize,w_10')).bytes;
  expect(await sizeOf(upright)).toEqual(['jpeg', 10, 20]);
  expect((await sharp(upright).metadata()).orientation).toBeUndefined();
  const asItLies = (await make(source, 'auto-orient,0/resize,w_10')).bytes;
  expect(await sizeOf(asItLies)).toEqual(['jpeg', 10, 5]);
  expect((await sharp(asItLies).metadata()).orientation).toBe(6);
  const turnedLater = (await make(source, 'resize,w_10/auto-orient,1')).bytes;
  expect(await sizeOf(turnedLater)).toEqual(['jpeg', 5, 10]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is the same, first or later', async (orientation) => {
  const source = await halves().png().withMetadata({ orientation }).toBuffer();
  const first = (await make(source, 'auto-orient,1/format,png')).bytes;
  for (const text of [
    'bright,0/auto-orient,1',
    'rounded-corners,r_1/auto-orient,1',
    'auto-orient,1/auto-orient,1',
  ]) {
    const later = (await make(source, text)).bytes;
    expect(await sizeOf(later)).toEqual(await sizeOf(first));
    expect(await pixel(later, 2, 3)).toEqual(await pixel(first, 2, 3));
  }
});

test('a GIF stays an animation when it is resized, and is its first frame after anything else', async () => {
  const source = await animation();
  const pages = async (text: string): Promise<unknown> => {
    const {
      pages: count = 1,
      pageHeight,
      height,
    } = await sharp((await make(source, text)).bytes, {
      animated: true,
    }).metadata();
    return [count, pageHeight ?? height];
  };
  expect(await pages('resize,w_15')).toEqual([3, 10]);
  expect(await pages('resize,m_fill,w_5,h_5/format,gif')).toEqual([3, 5]);
  expect(await pages('resize,p_50')).toEqual([1, 10]);
  expect(await pages('rotate,90')).toEqual([1, 30]);
  expect(JSON.parse(String((await make(source, 'info')).bytes))).toMatchObject({
    FrameCount: { value: '3' },
  });
});

test('info is what the vendor says of a picture, every value a text', async () => {
  const bytes = await halves()
    .jpeg()
    .withExif({
      IFD0: { Make: 'Ada', Software: 'by hand' },
      IFD2: { DateTimeOriginal: '2026:11:25 10:00:00' },
    })
    .toBuffer();
  const info = await make(bytes, 'info');
  expect(info.contentType).toBe('application/json');
  expect(JSON.parse(String(info.bytes))).toMatchObject({
    DateTimeOriginal: { value: '2026:11:25 10:00:00' },
    FileSize: { value: String(bytes.byteLength) },
    Format: { value: 'jpg' },
    FrameCount: { value: '1' },
    ImageHeight: { value: '20' },
    ImageWidth: { value: '40' },
    Make: { value: 'Ada' },
    ResolutionUnit: { value: '2' },
    Software: { value: 'by hand' },
    XResolution: { value: '25400/1000' },
  });
});

function chunk(type: string, data: Buffer): Buffer {
  const [length, crc, body] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.concat([Buffer.from(type), data])];
  length.writeUInt32BE(data.byteLength);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

/** A PNG whose head says that it has so many pixels, and that has none. */
function bomb(width: number, height: number): Buffer {
  const head = Buffer.from('00000000000000000806000000', 'hex');
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', Buffer.alloc(8)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test.each([
  ['a text', Buffer.from('hello'), 'BadRequest'],
  ['nothing', Buffer.alloc(0), 'BadRequest'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'BadRequest'],
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'BadRequest'],
  ['a BMP', Buffer.from('BM000000'), 'NotImplemented'],
  ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'NotImplemented'],
  ['31,000 pixels in a row', bomb(31_000, 1), 'ImageTooLarge'],
  ['more than 250 million pixels', bomb(29_000, 29_000), 'ImageTooLarge'],
])('%s is refused', async (_what, source, code) => {
  const refused = await make(source, 'resize,w_10').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ImageProblemError);
  expect(refused).toMatchObject({ problem: { code } });
});

test('a picture of more pixels than fit into memory between two actions is refused', async () => {
  const large = await sharp({ create: { width: 9000, height: 8000, channels: 3, background: '#000' } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  await expect(make(large, 'bright,10/bright,10')).rejects.toThrow('too many pixels');
  await expect(make(large, 'rotate,90')).rejects.toThrow('maximum allowable rotation range');
  await expect(make(large, 'format,avif')).rejects.toThrow('too many pixels for AVIF');
});

test('an image that breaks off is no picture', async () => {
  const source = await png();
  const half = source.subarray(0, source.length / 2);
  expect(await make(half, 'resize,w_10').catch(() => 'no picture')).toBe('no picture');
});
