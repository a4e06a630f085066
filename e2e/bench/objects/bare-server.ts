import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * The limit that a store in Node can reach: bytes to a file and back, no signature, no checksum, no fsync. Started as a
 * program with a folder; prints its address.
 */
const folder = process.argv[2] ?? '.';
const server = createServer((request, response) => {
  const file = join(folder, encodeURIComponent(request.url ?? ''));
  const work =
    request.method === 'PUT'
      ? pipeline(request, createWriteStream(file)).then(() => response.end())
      : pipeline(createReadStream(file), response);
  work.catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object')
    console.log(JSON.stringify({ ready: true, oss: `http://127.0.0.1:${address?.port}` }));
});
