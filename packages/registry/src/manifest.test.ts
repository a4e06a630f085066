import { assert, json, oneof, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { ManifestError, parseManifest } from './manifest.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const BLOB = { mediaType: 'application/octet-stream', digest: DIGEST, size: 7 };

function parse(body: unknown): unknown {
  return parseManifest(Buffer.from(JSON.stringify(body)));
}

test('an OCI manifest need not say what it is', () => {
  expect(parse({ schemaVersion: 2, config: BLOB, layers: [BLOB] })).toEqual({
    kind: 'image',
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: BLOB,
    layers: [BLOB],
  });
  expect(
    parse({ schemaVersion: 2, manifests: [{ ...BLOB, platform: { os: 'linux', architecture: 'arm64' } }] }),
  ).toEqual({
    kind: 'index',
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ ...BLOB, platform: { os: 'linux', architecture: 'arm64' } }],
  });
});

test.each([
  [{ schemaVersion: 1, fsLayers: [] }, 'it is of schema 1, of Docker before 1.10: push the image again'],
  [{ schemaVersion: 3 }, 'its schemaVersion is not 2'],
  [{ schemaVersion: 2, mediaType: 'text/plain' }, 'its mediaType "text/plain" is not known'],
  [{ schemaVersion: 2, config: BLOB }, 'it has no list of layers'],
  [{ schemaVersion: 2, layers: [] }, 'its config is no object'],
  [
    { schemaVersion: 2, config: BLOB, layers: [{ ...BLOB, digest: 'md5:1' }] },
    'its layers[0] has no sha256 digest',
  ],
  [{ schemaVersion: 2, config: { ...BLOB, size: -1 }, layers: [] }, 'its config has no size'],
  [[], 'it is no JSON object'],
])('%j is refused', (body, why) => {
  expect(() => parse(body)).toThrow(new ManifestError(why));
});

function read(content: Uint8Array): string {
  try {
    return parseManifest(content).kind;
  } catch (error) {
    return error instanceof ManifestError ? 'refused' : String(error);
  }
}

test('whatever the bytes are, they are a manifest or refused as none', () => {
  const bytes = oneof(
    uint8Array(),
    json().map((text) => Buffer.from(text)),
  );
  assert(
    property(bytes, (content) => {
      expect(['image', 'index', 'refused']).toContain(read(content));
    }),
  );
});
