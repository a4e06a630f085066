import type { UploadInfo } from '@rebatch/objects';

export interface UploadPage {
  uploads: UploadInfo[];
  commonPrefixes: string[];
  truncated: boolean;
  /** Empty on the last page, as is the other marker. */
  nextKeyMarker: string;
  nextIdMarker: string;
}

interface UploadPaging {
  prefix: string;
  delimiter: string;
  /** Uploads of this key with an id greater than `idMarker`, and of all greater keys; without `idMarker` only these. */
  keyMarker: string;
  idMarker: string;
  limit: number;
}

/** One page of uploads that are sorted by key (in bytes), then by id, and all begin with the prefix. */
export function pageUploads(uploads: readonly UploadInfo[], paging: UploadPaging): UploadPage {
  const page: UploadPage = {
    uploads: [],
    commonPrefixes: [],
    truncated: false,
    nextKeyMarker: '',
    nextIdMarker: '',
  };
  let last = { key: '', id: '' };
  for (const upload of uploads) {
    const folder = folderOf(upload.key, paging);
    const seen =
      folder !== undefined && (folder === page.commonPrefixes.at(-1) || folder === paging.keyMarker);
    if (seen || !isBehind(upload, paging)) {
      continue;
    }
    if (page.uploads.length + page.commonPrefixes.length === paging.limit) {
      return { ...page, truncated: true, nextKeyMarker: last.key, nextIdMarker: last.id };
    }
    if (folder === undefined) {
      page.uploads.push(upload);
      last = { key: upload.key, id: upload.uploadId };
    } else {
      page.commonPrefixes.push(folder);
      last = { key: folder, id: '' };
    }
  }
  return page;
}

function isBehind({ key, uploadId }: UploadInfo, { keyMarker, idMarker }: UploadPaging): boolean {
  const order = Buffer.compare(Buffer.from(key), Buffer.from(keyMarker));
  return order > 0 || (order === 0 && idMarker !== '' && uploadId > idMarker);
}

function folderOf(key: string, { prefix, delimiter }: UploadPaging): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
