import { createServer, type RequestListener } from 'node:http';
import { expect, it } from 'vitest';
import { BLOCK_BYTES, type Content } from './block.ts';
import { StaleContentError } from './block-source.ts';
import { DirectBlockSource } from './direct-block-source.ts';
import { URL_SECONDS, type UrlPiece } from './object-request.ts';

const bytes = Buffer.alloc(BLOCK_BYTES + 1000, 'what is under a URL never changes; ');
const content: Content = { bucket: 'films', key: 'large', etag: 'E', size: bytes.length };

/** A server of ranges of `bytes`, and the store's own server, which says `origin` instead of bytes. */
async function world(answer?: RequestListener) {
  const ranges: string[] = [];
  const server = createServer((request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    ranges.push(`${request.url} ${from}-${to}`);
    if (answer !== undefined) return answer(request, response);
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}` });
    return response.end(bytes.subarray(Number(from), Number(to) + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const at = (path: string): string => `http://127.0.0.1:${address.port}${path}`;
  const warnings: string[] = [];
  const state = { now: 0, asked: 0, pieces: [] as UrlPiece[] | undefined };
  state.pieces = [
    { url: at('/a'), start: 0, bytes: 1000 },
    { url: at('/b'), start: 1000, bytes: BLOCK_BYTES },
  ];
  const source = new DirectBlockSource(
    {
      fetch: async () => Buffer.from('origin'),
      fetchSmall: async () => [Buffer.from('small')],
      locate: async () => undefined,
      urls: async () => {
        state.asked += 1;
        return state.pieces;
      },
    },
    (line) => warnings.push(line),
    () => state.now,
  );
  return {
    source,
    ranges,
    state,
    warnings,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it('Blocks of large contents come from their URLs, from several where the content lies in pieces', async () => {
  await using one = await world();
  expect((await one.source.fetch(content, 0, 3000)).equals(bytes.subarray(0, 3000))).toBe(true);
  const last = await one.source.fetch(content, BLOCK_BYTES, 1000);
  expect(last.equals(bytes.subarray(BLOCK_BYTES))).toBe(true);
  expect(one.ranges.toSorted()).toEqual([
    '/a 0-999',
    '/b 1000-2999',
    `/b ${BLOCK_BYTES}-${BLOCK_BYTES + 999}`,
  ]);
  expect(one.state.asked).toBe(1);
});

it('URLs are asked for again before they end', async () => {
  await using one = await world();
  for (const seconds of [0, URL_SECONDS / 2 - 1, URL_SECONDS / 2]) {
    one.state.now = seconds * 1000;
    await one.source.fetch(content, 0, 10);
  }
  expect(one.state.asked).toBe(2);
});

it('The server is asked for contents of one block, and for those that have no URLs', async () => {
  await using one = await world();
  const small = { ...content, size: BLOCK_BYTES };
  expect((await one.source.fetch(small, 0, 10)).toString()).toBe('origin');
  expect(one.state.asked).toBe(0);
  one.state.pieces = undefined;
  expect((await one.source.fetch(content, 0, 10)).toString()).toBe('origin');
  expect(one.ranges).toEqual([]);
});

const failures: Record<string, RequestListener> = {
  'are gone': (_request, response) => response.writeHead(404).end('<Error/>'),
  'break off': (_request, response) => {
    response.writeHead(206, { 'content-range': 'bytes 0-9/10', 'content-length': 10 });
    response.write('123', () => response.destroy());
  },
  'ignore the range': (_request, response) => response.writeHead(200).end(bytes),
  'give another range': (_request, response) =>
    response.writeHead(206, { 'content-range': 'bytes 1-10/100' }).end('0123456789'),
  'give too much': (_request, response) =>
    response.writeHead(206, { 'content-range': 'bytes 0-9/100' }).end('0123456789 and more'),
};

it.each(Object.keys(failures))(
  'The server is asked instead where URLs %s, and first from then on',
  async (kind) => {
    await using one = await world(failures[kind]);
    expect((await one.source.fetch(content, 0, 10)).toString()).toBe('origin');
    expect((await one.source.fetch(content, 0, 10)).toString()).toBe('origin');
    expect(one.ranges).toHaveLength(1);
    await one.source.fetch({ ...content, key: 'other' }, 0, 10);
    // An object that is gone is nothing to tell; all else is, once.
    expect(one.warnings).toHaveLength(kind === 'are gone' ? 0 : 1);
    expect(one.warnings.join()).not.toContain('/a');
  },
);

it('The server is asked instead where URLs do not hold the whole content', async () => {
  await using one = await world();
  one.state.pieces = one.state.pieces?.slice(0, 1);
  expect((await one.source.fetch(content, 500, 1000)).toString()).toBe('origin');
});

const notAsked = (): Promise<never> => Promise.reject(new Error('not asked'));

it('A content that was changed before it was read is told to be so', async () => {
  const urls = (): Promise<never> => Promise.reject(new StaleContentError(content));
  const origin = { fetch: notAsked, fetchSmall: notAsked, locate: notAsked, urls };
  const source = new DirectBlockSource(origin, () => expect.unreachable());
  await expect(source.fetch(content, 0, 10)).rejects.toThrow(StaleContentError);
});
