import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAttrOut } from './attr-out.ts';
import { decodeName } from './decode-name.ts';
import { encodeDirent, encodeDirentPlus } from './dirent.ts';
import { encodeEntryOut, encodeNegativeEntryOut } from './entry-out.ts';
import { decodeInHeader } from './in-header.ts';
import { decodeInitIn, encodeInitOut } from './init.ts';
import { encodeNotifyResend, encodeOutHeader } from './out-header.ts';
import { decodeReadIn } from './read-in.ts';
import { encodeStatfsOut } from './statfs-out.ts';
import { readU64, writeU64 } from './u64.ts';

const u32 = fc.nat({ max: 0xffff_ffff });
const u53 = fc.maxSafeNat();
const attr = { ino: 0x4000_0001_0000_0007n, size: 1025, mtime: 1_700_000_000_250, mode: 0o100555, nlink: 1 };

describe('Structures of the FUSE protocol', () => {
  it('carry whole numbers below 2^53 as little-endian u64', () => {
    fc.assert(
      fc.property(u53, (value) => {
        const buffer = Buffer.alloc(8);
        writeU64(buffer, value, 0);
        expect(buffer.readBigUInt64LE(0)).toBe(BigInt(value));
        expect(readU64(buffer, 0)).toBe(value);
      }),
    );
  });

  it('begin with a request header of 40 bytes', () => {
    fc.assert(
      fc.property(
        u32,
        u32,
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (length, opcode, unique, nodeId) => {
          const buffer = Buffer.alloc(40);
          buffer.writeUInt32LE(length, 0);
          buffer.writeUInt32LE(opcode, 4);
          buffer.writeBigUInt64LE(unique, 8);
          buffer.writeBigUInt64LE(nodeId, 16);
          expect(decodeInHeader(buffer)).toEqual({ length, opcode, unique, nodeId });
        },
      ),
    );
  });

  it('answer with a header that has the whole length, the negated error and the name of the request', () => {
    expect(encodeOutHeader(0x1122n, 5, 0).toString('hex')).toBe('10000000fbffffff2211000000000000');
    expect(encodeOutHeader(2n ** 63n + 1n, 0, 128).toString('hex')).toBe('90000000000000000100000000000080');
  });

  it('ask for lost requests with the code 7 in the place of the error and no name', () => {
    expect(encodeNotifyResend().toString('hex')).toBe('10000000070000000000000000000000');
  });

  it('read what the kernel offers, and say what is used of it in 64 bytes', () => {
    const offer = Buffer.alloc(64);
    [7, 45, 131_072, 0xf3ff_fffb].forEach((value, index) => offer.writeUInt32LE(value, index * 4));
    expect(decodeInitIn(offer)).toEqual({ major: 7, minor: 45, maxReadahead: 131_072, flags: 0xf3ff_fffb });
    const out = encodeInitOut({
      major: 7,
      minor: 31,
      maxReadahead: 131_072,
      flags: 0x40_6001,
      maxBackground: 64,
      congestionThreshold: 48,
      maxWrite: 4096,
      maxPages: 256,
    });
    expect(out.subarray(0, 32).toString('hex')).toBe(
      '070000001f000000000002000160400040003000001000000100000000010000',
    );
    expect(out.length).toBe(64);
  });

  it('put attributes where the kernel looks for them', () => {
    const out = encodeAttrOut(attr, 3600);
    expect(out.length).toBe(104);
    expect(out.readBigUInt64LE(0)).toBe(3600n);
    expect(out.readBigUInt64LE(16)).toBe(0x4000_0001_0000_0007n); // ino
    expect(out.readBigUInt64LE(24)).toBe(1025n); // size
    expect(out.readBigUInt64LE(32)).toBe(3n); // blocks of 512
    for (const at of [40, 48, 56]) expect(out.readBigUInt64LE(at)).toBe(1_700_000_000n);
    for (const at of [64, 68, 72]) expect(out.readUInt32LE(at)).toBe(250_000_000);
    expect(out.readUInt32LE(76)).toBe(0o100555);
    expect(out.readUInt32LE(80)).toBe(1);
    expect(out.readUInt32LE(84)).toBe(0); // uid
  });

  it('describe an entry in 128 bytes, and its absence by node id 0 with a time', () => {
    const out = encodeEntryOut({ nodeId: 77n, generation: 3, attr, validSeconds: 9 });
    expect(out.length).toBe(128);
    expect([0, 8, 16, 24].map((at) => Number(out.readBigUInt64LE(at)))).toEqual([77, 3, 9, 9]);
    expect(out.readUInt32LE(40 + 60)).toBe(0o100555);
    const none = encodeNegativeEntryOut(9);
    expect([none.length, Number(none.readBigUInt64LE(0)), Number(none.readBigUInt64LE(16))]).toEqual([
      128, 0, 9,
    ]);
  });

  it('list names at multiples of 8 bytes, with or without attributes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 255 }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        u53,
        fc.boolean(),
        (bytes, ino, next, isFolder) => {
          const name = Buffer.from(bytes);
          const plain = encodeDirent({ ino, nextOffset: next, name, isFolder });
          expect(plain.length % 8).toBe(0);
          expect(plain.length).toBeGreaterThanOrEqual(24 + name.length);
          expect(plain.readBigUInt64LE(0)).toBe(ino);
          expect(Number(plain.readBigUInt64LE(8))).toBe(next);
          expect(plain.readUInt32LE(16)).toBe(name.length);
          expect(plain.readUInt32LE(20)).toBe(isFolder ? 4 : 8);
          expect(plain.subarray(24, 24 + name.length).equals(name)).toBe(true);
          const plus = encodeDirentPlus({ ino, nextOffset: next, name, isFolder }, undefined);
          expect(plus.subarray(128, 128 + plain.length).equals(plain)).toBe(true);
          expect(plus.readBigUInt64LE(0)).toBe(0n);
        },
      ),
    );
  });

  it('tell where and how much to read', () => {
    fc.assert(
      fc.property(u53, u32, (offset, size) => {
        const body = Buffer.alloc(40);
        body.writeBigUInt64LE(BigInt(offset), 8);
        body.writeUInt32LE(size, 16);
        expect(decodeReadIn(body)).toEqual({ offset, size });
      }),
    );
  });

  it('describe a file system without free room', () => {
    const out = encodeStatfsOut(8193, 5);
    expect(out.length).toBe(80);
    expect([0, 8, 16, 24, 32].map((at) => Number(out.readBigUInt64LE(at)))).toEqual([3, 0, 0, 5, 0]);
    expect([40, 44, 48].map((at) => out.readUInt32LE(at))).toEqual([4096, 255, 4096]);
  });

  it('end names with a NUL', () => {
    expect(decodeName(Buffer.from('a.txt\0rest')).toString()).toBe('a.txt');
  });
});
