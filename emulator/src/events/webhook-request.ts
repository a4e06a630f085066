import { createHmac } from 'node:crypto';
import type { LetterRow } from '../store/rows.ts';
import { httpUrl } from './http-url.ts';
import type { OutgoingPost } from './post.ts';

/**
 * An event as a webhook gets it: the JSON of the message, with `X-Rebatch-Signature: t=…,v1=…`, where v1 is the
 * HMAC-SHA256 in hex of `{t}.{body}` and t the time in seconds, so that a receiver can refuse what is old.
 * `now`: milliseconds since the epoch.
 *
 * @throws TypeError when `url` is no http(s) address
 */
export function webhookRequest(
  url: string,
  letter: Pick<LetterRow, 'eventId' | 'name' | 'body'>,
  key: { id: string; secret: string },
  now: number,
): OutgoingPost {
  const seconds = Math.floor(now / 1000);
  const signature = createHmac('sha256', key.secret).update(`${seconds}.${letter.body}`).digest('hex');
  return {
    url: httpUrl(url),
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      Date: new Date(now).toUTCString(),
      'X-Rebatch-Event': letter.name,
      'X-Rebatch-Event-Id': String(letter.eventId),
      'X-Rebatch-Key-Id': key.id,
      'X-Rebatch-Signature': `t=${seconds},v1=${signature}`,
    },
    body: letter.body,
  };
}
