import { Readable } from 'node:stream';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateBody } from './inflate-body.ts';
import { readBody } from './read-body.ts';

const tooLarge = expect.objectContaining({ status: 413, code: 'InvalidHttpBody' });

describe('Reading a body', () => {
  it('joins its chunks', async () => {
    const body = await readBody(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3);
    expect(body.toString()).toBe('abc');
  });

  it('refuses one byte too many, after the sender has sent all', async () => {
    const source = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
    await expect(readBody(source, 3)).rejects.toEqual(tooLarge);
    expect(source.readableEnded).toBe(true);
  });

  it('gives up on a sender that never ends', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(64);
      })(),
    );
    await expect(readBody(endless, 100)).rejects.toEqual(tooLarge);
    expect(endless.destroyed).toBe(true);
  });

  it('names a body that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('{');
        throw new Error('aborted');
      })(),
    );
    await expect(readBody(broken, 100)).rejects.toMatchObject({ code: 'InvalidHttpBody' });
  });

  it('breaks off a body that takes too long', async () => {
    const dripping = new Readable({ read() {} });
    dripping.push('{');
    await expect(readBody(dripping, 100, 1)).rejects.toMatchObject({ code: 'InvalidHttpBody' });
    expect(dripping.destroyed).toBe(true);
  });
});

describe('A compressed body', () => {
  const text = Buffer.from('{"Priority":10}');

  it('is inflated from either kind of deflate', async () => {
    expect(await inflateBody(deflateSync(text), 'deflate', 1000)).toEqual(text);
    expect(await inflateBody(deflateRawSync(text), 'Deflate', 1000)).toEqual(text);
  });

  it('stays as it is when the type is blank', async () => {
    expect(await inflateBody(text, ' ', 1000)).toEqual(text);
  });

  it('may not swell beyond the limit', async () => {
    const bomb = Buffer.alloc(1_000_000);
    await expect(inflateBody(deflateSync(bomb), 'deflate', 1000)).rejects.toEqual(tooLarge);
    await expect(inflateBody(deflateRawSync(bomb), 'deflate', 1000)).rejects.toEqual(tooLarge);
  });

  it('is refused when it is not deflated, or in another way', async () => {
    await expect(inflateBody(text, 'deflate', 1000)).rejects.toMatchObject({ code: 'InvalidHttpBody' });
    await expect(inflateBody(text, 'gzip', 1000)).rejects.toMatchObject({ code: 'InvalidCompressType' });
  });
});
