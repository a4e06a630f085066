import type { Doomed } from './types.ts';

/** The XML of DeleteMultipleObjects (spec/oss.md §1.7), quiet: the answer names only what went wrong. */
export function deleteBody(doomed: readonly Doomed[]): string {
  const objects = doomed.map(({ key, versionId }) => {
    const version = versionId === undefined ? '' : `<VersionId>${escapeXml(versionId)}</VersionId>`;
    return `<Object><Key>${escapeXml(key)}</Key>${version}</Object>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><Delete><Quiet>true</Quiet>${objects.join('')}</Delete>`;
}

/** A carriage return would be read as a line feed if it stood there as it is. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
