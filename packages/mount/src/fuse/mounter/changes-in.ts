import { lstat } from 'node:fs/promises';
import type { LocalName } from '../../names/charset.ts';
import type { Snapshot, SnapshotObject } from '../../snapshot/snapshot.ts';
import { readSnapshotFile } from '../../snapshot/snapshot-file.ts';
import { snapshotFile } from '../../snapshot/snapshot-folder.ts';
import { changedFiles, isChanged } from '../../stage-in/changed-files.ts';
import type { Manifest } from '../../stage-in/manifest.ts';
import { objectTree } from '../../tree/object-tree.ts';

/**
 * Of the upper folder (or file) of an overlay, what is new or differs from the snapshot in size or time. Whiteouts,
 * which stand for deleted objects, are no files.
 */
export async function changesIn(path: string, state: string, snapshotNumber: number): Promise<LocalName[]> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return [];
  const snapshot = readSnapshotFile(snapshotFile(state, snapshotNumber));
  const manifest = snapshot === undefined ? new Map() : manifestOf(snapshot);
  if (stats.isDirectory()) return changedFiles(path, manifest, snapshot?.charset ?? 'utf-8');
  return (await isChanged(path, '', manifest)) ? [''] : [];
}

function manifestOf(snapshot: Snapshot): Manifest {
  const { kind, prefix, objects } = snapshot;
  const files = kind === 'file' ? fileAlone(objects) : objectTree(prefix, objects).files;
  return new Map(
    Array.from(files, ([name, { size, lastModified }]) => [name, { size, mtime: Math.floor(lastModified) }]),
  );
}

function fileAlone(objects: SnapshotObject[]): Map<string, SnapshotObject> {
  return new Map(objects.map((object) => ['', object]));
}
