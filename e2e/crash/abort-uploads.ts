import type { Ask } from './signed-requests.ts';

/** Gives up the uploads that a kill left open, as a lifecycle rule would. Returns how many. */
export async function abortUploads(ask: Ask): Promise<number> {
  for (let aborted = 0; ; ) {
    const listing = (await ask({ method: 'GET', query: [['uploads', '']] })).body.toString();
    const uploads = [...listing.matchAll(/<Upload>\s*<Key>([^<]*)<\/Key>\s*<UploadId>([^<]*)</g)];
    if (uploads.length === 0) return aborted;
    for (const [, key = '', uploadId = ''] of uploads) {
      const { status } = await ask({ method: 'DELETE', key, query: [['uploadId', uploadId]] });
      if (status !== 204) throw new Error(`an upload of ${key} could not be aborted: ${status}`);
      aborted += 1;
    }
  }
}
