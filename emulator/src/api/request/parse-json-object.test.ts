import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonObject } from './parse-json-object.ts';

const code = (wire: string) => expect.objectContaining({ status: 400, code: wire });

describe('A JSON body', () => {
  it('is read whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseJsonObject(Buffer.from(text)))).toBe(text);
      }),
    );
  });

  it('may be GBK, as a Java client on a Chinese Windows writes it', () => {
    const gbk = Buffer.concat([
      Buffer.from('{"Name":"'),
      Buffer.from([0xe4, 0xd6, 0xc8, 0xbe]),
      Buffer.from('"}'),
    ]);
    expect(parseJsonObject(gbk)).toEqual({ Name: '渲染' });
  });

  it.each(['', '{', '{"a":}', "{'a':1}", 'Name=x&Type=DAG'])('is refused as %j', (text) => {
    expect(() => parseJsonObject(Buffer.from(text))).toThrow(code('InvalidJsonFormat'));
  });

  it.each(['null', '[]', '"x"', '1', 'true'])('must be an object, not %s', (text) => {
    expect(() => parseJsonObject(Buffer.from(text))).toThrow(code('InvalidHttpBody'));
  });

  it('may not be nested without end, but brackets in text do not count', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => parseJsonObject(Buffer.from(deep))).toThrow(code('InvalidJsonFormat'));
    const text = { a: '["\\'.repeat(1000) };
    expect(parseJsonObject(Buffer.from(JSON.stringify(text)))).toEqual(text);
  });
});
