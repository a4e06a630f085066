import { createHmac } from 'node:crypto';
import { httpUrl } from './http-url.ts';
import type { OutgoingPost } from './post.ts';

/** A topic's message queue: the service's address and the topic's name there. */
export interface MnsTopic {
  endpoint: string;
  topic: string;
}

const CONTENT_TYPE = 'text/xml;charset=utf-8';
const VERSION = '2015-06-06';
const NAMESPACE = 'http://mns.aliyuncs.com/doc/v1/';

/**
 * PublishMessage of the vendor's message service (its API of 2015-06-06): the message as XML, posted to
 * `{endpoint}/topics/{topic}/messages` and signed with HMAC-SHA1 over method, MD5 (none), type, date, the x-mns-
 * headers and the path. `now`: milliseconds since the epoch.
 *
 * @throws TypeError when the endpoint is no http(s) address
 */
export function mnsRequest(
  { endpoint, topic }: MnsTopic,
  message: string,
  key: { id: string; secret: string },
  now: number,
): OutgoingPost {
  const base = httpUrl(endpoint);
  const path = `${base.pathname.replace(/\/+$/, '')}/topics/${encodeURIComponent(topic)}/messages`;
  const date = new Date(now).toUTCString();
  const text = ['POST', '', CONTENT_TYPE, date, `x-mns-version:${VERSION}`, path].join('\n');
  const signature = createHmac('sha1', key.secret).update(text).digest('base64');
  return {
    url: new URL(path, base.origin),
    headers: {
      'Content-Type': CONTENT_TYPE,
      Date: date,
      'x-mns-version': VERSION,
      Authorization: `MNS ${key.id}:${signature}`,
    },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Message xmlns="${NAMESPACE}"><MessageBody>${escapeXml(message)}</MessageBody></Message>\n`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** JSON as XML text. JSON escapes control characters itself; what else XML cannot hold is written the JSON way, too. */
function escapeXml(json: string): string {
  return json
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replaceAll(/[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}
