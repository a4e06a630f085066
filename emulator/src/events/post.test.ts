import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createPoster } from './post.ts';

async function listening(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${Object(server.address()).port}/`);
}

function poster(timeoutMs?: number) {
  const made = createPoster(timeoutMs);
  onTestFinished(() => made.close());
  return made;
}

const letter = (url: URL) => ({ url, headers: {}, body: '{}' });

test('a redirect is an answer like any other, and is not followed', async () => {
  const paths: string[] = [];
  const url = await listening((request, response) => {
    paths.push(request.url ?? '');
    response.writeHead(307, { Location: '/elsewhere' }).end();
  });
  expect(await poster().post(letter(url))).toBe(307);
  expect(paths).toEqual(['/']);
});

test('a receiver that does not answer is given up, and one that is not there is said to be', async () => {
  const silent = await listening(() => {});
  await expect(poster(100).post(letter(silent))).rejects.toThrow('no answer within 0.1 s');
  await expect(poster().post(letter(new URL('http://127.0.0.1:1/')))).rejects.toThrow('ECONNREFUSED');
});

test('an endless answer is broken off once its status is known', async () => {
  let brokenOff = false;
  const url = await listening((_request, response) => {
    const more = (): void => {
      if (response.destroyed) brokenOff = true;
      else response.write(Buffer.alloc(64 * 1024), () => setImmediate(more));
    };
    response.writeHead(200);
    more();
  });
  expect(await poster().post(letter(url))).toBe(200);
  await expect.poll(() => brokenOff).toBe(true);
});
