import { Readable } from 'node:stream';
import { manualClock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccessKey } from '../keyring.ts';
import { percentEncode, presignV1, type QueryPairs } from '../signatures/index.ts';
import { ada, bob, startTemporaryGateway, type TemporaryGateway } from '../temporary-gateway.ts';

const clock = manualClock(Date.UTC(2026, 10, 25));
let gateway: TemporaryGateway;
let store: ObjectStore;

beforeEach(async () => {
  gateway = await startTemporaryGateway(clock);
  ({ store } = gateway);
  await store.createBucket('bucket', ada.owner);
});

afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
});

const chunk = (text: string) => Readable.from([Buffer.from(text)]);

/** Opens a signed URL and gives what comes, piece by piece. */
async function open(key: string, query: QueryPairs, account: AccessKey = ada) {
  const { id: accessKeyId, secret } = account;
  const expires = Math.floor(clock.now() / 1000) + 600;
  const about = { method: 'GET', bucket: 'bucket', key, headers: {} };
  const all = [...query, ...presignV1({ ...about, query, accessKeyId, secret, expires })];
  const search = all.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
  const abort = new AbortController();
  const answer = await fetch(`${gateway.url}/bucket/${key}?${search}`, { signal: abort.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: answer.status,
    headers: answer.headers,
    leave: () => abort.abort(),
    /** Everything so far, once `wanted` is in it. */
    async until(wanted: string) {
      while (!text.includes(wanted)) {
        const piece = await reader?.read();
        if (piece?.done !== false) {
          throw new Error(`it ended with ${JSON.stringify(text)}`);
        }
        text += piece.value;
      }
      return text;
    },
    /** Everything, once it has ended. */
    async end() {
      for (;;) {
        const piece = await reader?.read();
        if (piece?.done !== false) {
          return text;
        }
        text += piece.value;
      }
    },
  };
}

describe('the change feed', () => {
  test('tells what happens below the prefix, until the reader leaves', async () => {
    const feed = await open('', [
      ['x-oss-changes', ''],
      ['prefix', 'logs/'],
    ]);
    expect([feed.status, feed.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    await feed.until('listening');
    await store.put('bucket', 'other', chunk('x'));
    await store.put('bucket', 'logs/a\nb', chunk('xy'));
    await store.append('bucket', 'logs/c', 0, chunk('123'));
    await store.delete('bucket', 'logs/c');
    const events = (await feed.until('event: delete'))
      .split('\n\n')
      .filter((event) => event.startsWith('event'));
    expect(events.map((event) => event.split('\n')[0])).toEqual([
      'event: put',
      'event: append',
      'event: delete',
    ]);
    const [first = ''] = events;
    expect(JSON.parse(first.slice(first.indexOf('data: ') + 6))).toMatchObject({
      key: 'logs/a\nb',
      size: 2,
      type: 'Normal',
    });
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    feed.leave();
    await vi.waitFor(() => expect(clock.pending()).toBe(0));
  });

  test('gives a sign of life when nothing happens', async () => {
    const feed = await open('', [['x-oss-changes', '']]);
    await feed.until('listening');
    clock.advance(15_000);
    expect(await feed.until('\n:\n')).toBe(': listening\n\n:\n\n');
    feed.leave();
  });

  test('is for those who may list', async () => {
    expect((await open('', [['x-oss-changes', '']], bob)).status).toBe(403);
  });
});

describe('following an object', () => {
  test('gives its bytes from a position on, and what is appended, until it is deleted', async () => {
    await store.append('bucket', 'log', 0, chunk('one '));
    const log = await open('log', [
      ['x-oss-follow', ''],
      ['position', '2'],
    ]);
    expect(log.headers.has('content-length')).toBe(false);
    expect(await log.until('e ')).toBe('e ');
    await store.append('bucket', 'log', 4, chunk('two '));
    await store.append('bucket', 'log', 8, chunk('three'));
    expect(await log.until('three')).toBe('e two three');
    await store.append('bucket', 'logbook', 0, chunk('no'));
    await store.delete('bucket', 'log');
    expect(await log.end()).toBe('e two three');
  });

  test('ends when it has not grown for as long as was said', async () => {
    await store.append('bucket', 'log', 0, chunk('one'));
    const log = await open('log', [['x-oss-follow', '30']]);
    await log.until('one');
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    clock.advance(29_999);
    await store.append('bucket', 'log', 3, chunk('two'));
    await log.until('two');
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    clock.advance(30_000);
    expect(await log.end()).toBe('onetwo');
  });

  test('ends when the object is replaced, and at once when it is none that grows', async () => {
    await store.append('bucket', 'log', 0, chunk('one'));
    const log = await open('log', [['x-oss-follow', '']]);
    await log.until('one');
    await store.put('bucket', 'log', chunk('new'));
    expect(await log.end()).toBe('one');
    const file = await open('log', [['x-oss-follow', '']]);
    expect(await file.end()).toBe('new');
  });

  test('leaves nothing behind when the reader leaves', async () => {
    await store.append('bucket', 'log', 0, chunk('one'));
    const log = await open('log', [['x-oss-follow', '30']]);
    await log.until('one');
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    log.leave();
    await vi.waitFor(() => expect(clock.pending()).toBe(0));
    expect(gateway.errors).toEqual([]);
  });

  test('refuses a position behind the end, what is no number, and strangers', async () => {
    await store.append('bucket', 'log', 0, chunk('one'));
    const at = async (position: string) =>
      (
        await open('log', [
          ['x-oss-follow', ''],
          ['position', position],
        ])
      ).status;
    expect([await at('4'), await at('-1'), await at('x')]).toEqual([400, 400, 400]);
    expect((await open('log', [['x-oss-follow', 'x']])).status).toBe(400);
    expect((await open('log', [['x-oss-follow', '']], bob)).status).toBe(403);
    expect((await open('missing', [['x-oss-follow', '']])).status).toBe(404);
  });
});
