import type { ObjectInfo } from '@rebatch/objects';
import type { OssCall } from '../gateway/oss-call.ts';
import type { Callback } from './read-callback.ts';

/** The body of a callback with everything filled in; what is not known becomes empty. */
export function fillBody(call: OssCall, { body, type, variables }: Callback, info: ObjectInfo): string {
  const values = new Map<string, string | number>([
    ['bucket', info.bucket],
    ['object', info.key],
    ['etag', info.etag],
    ['size', info.size],
    ['mimeType', info.contentType],
    ['crc64', info.crc64],
    ['contentMd5', info.type === 'Normal' ? Buffer.from(info.etag, 'hex').toString('base64') : ''],
    ['clientIp', call.request.remote],
    ['reqId', call.request.id],
    ['operation', operationOf(call)],
    ...variables,
  ]);
  const valueOf = (name: string): string | number => values.get(name) ?? '';
  if (type === 'application/json') {
    // With or without quotes around: clients write both.
    return body.replace(/("?)\$\{([^}]*)\}("?)/g, (_whole, before: string, name: string, after: string) => {
      const quoted = before === '"' && after === '"';
      const value = valueOf(name);
      const json = JSON.stringify(quoted ? String(value) : value);
      return quoted ? json : `${before}${json}${after}`;
    });
  }
  return body.replace(/\$\{([^}]*)\}/g, (_whole, name: string) =>
    encodeURIComponent(String(valueOf(name)).toWellFormed()),
  );
}

function operationOf({ request }: OssCall): string {
  if (request.method === 'PUT') {
    return 'PutObject';
  }
  return request.params.has('uploadId') ? 'CompleteMultipartUpload' : 'PostObject';
}
