import { createHash, type Hash } from 'node:crypto';
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { FromMd5Thread, ToMd5Thread } from './md5-messages.ts';

/** The other side of `threaded-md5.ts`: a thread that does nothing but MD5. */
function serve(port: MessagePort): void {
  const bodies = new Map<number, { memory: SharedArrayBuffer; hash: Hash }>();
  const answer = (message: FromMd5Thread): void => port.postMessage(message);
  port.on('message', (message: ToMd5Thread) => {
    if (message.kind === 'begin') {
      bodies.set(message.body, { memory: message.memory, hash: createHash('md5') });
      return;
    }
    if (message.kind === 'discard') {
      bodies.delete(message.body);
      return;
    }
    const body = bodies.get(message.body);
    if (body === undefined) {
      throw new Error(`the MD5 thread was asked about body ${message.body}, which it does not know`);
    }
    if (message.kind === 'update') {
      body.hash.update(new Uint8Array(body.memory, message.start, message.length));
      answer(undefined);
      return;
    }
    bodies.delete(message.body);
    answer(body.hash.digest());
  });
}

if (parentPort !== null) serve(parentPort);
