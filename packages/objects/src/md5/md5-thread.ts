import { createHash, type Hash } from 'node:crypto';
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { FromMd5Thread, ToMd5Thread } from './md5-messages.ts';

/** The other side of `threaded-md5.ts`: a thread that does nothing but MD5. */
function serve(port: MessagePort): void {
  const hashes = new Map<number, Hash>();
  const answer = (message: FromMd5Thread): void => port.postMessage(message);
  port.on('message', (message: ToMd5Thread) => {
    const hash = hashes.get(message.hash) ?? createHash('md5');
    if (message.kind === 'update') {
      hashes.set(message.hash, hash.update(message.bytes));
      answer({ hash: message.hash });
      return;
    }
    hashes.delete(message.hash);
    if (message.kind === 'digest') answer({ hash: message.hash, digest: hash.digest() });
  });
}

if (parentPort !== null) serve(parentPort);
