import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startDebianRegistry } from '../support/debian-registry.ts';
import { allImages, validateSpdx } from '../support/images.ts';
import { ROOT } from '../support/paths.ts';
import { run, runOk } from '../support/run.ts';

const IMAGES = await allImages();
const SBOM = '/usr/share/rebatch/sbom.spdx.json';
const DOCUMENT = z.object({
  packages: z.array(z.object({ name: z.string(), versionInfo: z.string() })),
  files: z.array(z.object({ fileName: z.string(), checksums: z.array(z.record(z.string(), z.string())) })),
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-images-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function inImage(reference: string, line: string, ...options: string[]): Promise<string> {
  const container = ['run', '--rm', '--network', 'none', ...options, reference];
  return runOk('docker', [...container, '/bin/sh', '-ec', line]);
}

test.each(IMAGES)('the program of $reference starts', async ({ reference, program, says }) => {
  expect(await inImage(reference, program)).toContain(says);
});

test.each(IMAGES.filter(({ user }) => user === 'any'))(
  'the program of $reference starts for a user who is nobody in it, and may write nowhere but in /tmp',
  async ({ reference, program, says }) => {
    const nobody = ['--user', '12345:12345', '--read-only', '--tmpfs', '/tmp', '--env', 'HOME=/tmp'];
    expect(await inImage(reference, program, ...nobody)).toContain(says);
  },
);

test.each(IMAGES)(
  '$reference says what it is and stays within its size',
  async ({ name, reference, title, budgetMb }) => {
    const format = '{{.Size}} {{json .Config.Labels}}';
    const [, size, json = ''] =
      /^(\d+) (.*)/.exec(await runOk('docker', ['image', 'inspect', '--format', format, reference])) ?? [];
    expect(Number(size) / 1e6).toBeLessThanOrEqual(budgetMb);
    expect(JSON.parse(json)).toMatchObject({
      'org.opencontainers.image.title': title,
      'org.opencontainers.image.source': `images/${name}`,
      'org.opencontainers.image.licenses': expect.stringContaining('Apache-2.0'),
      'org.opencontainers.image.version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
      'dev.rebatch.sbom': SBOM,
    });
  },
);

test.each(IMAGES)(
  '$reference carries a bill of materials that its own files and packages agree with',
  async ({ reference }) => {
    const file = join(await newFolder(), 'sbom.spdx.json');
    await writeFile(file, await inImage(reference, `cat ${SBOM}`));
    await validateSpdx(file);
    const { packages, files } = DOCUMENT.parse(JSON.parse(await readFile(file, 'utf8')));
    const listed = new Set(packages.map((item) => `${item.name} ${item.versionInfo}`));
    const installed = await inImage(reference, "dpkg-query -W -f '${Package} ${Version}\\n'");
    expect(
      installed
        .trimEnd()
        .split('\n')
        .filter((line) => !listed.has(line)),
    ).toEqual([]);
    const sums = files.map(({ fileName, checksums }) => {
      const sum = checksums.find(({ algorithm }) => algorithm === 'SHA256')?.['checksumValue'];
      return `${sum}  ${fileName.slice(1)}`;
    });
    if (sums.length > 0) await inImage(reference, `sha256sum --strict -c - <<'END'\n${sums.join('\n')}\nEND`);
  },
);

test('images are pushed to a registry under their version and latest, and no tag of it stays here', async () => {
  const registry = await startDebianRegistry(await newFolder());
  try {
    const push = `${registry.address}/studio`;
    await runOk('make', ['-C', ROOT, 'images', `push=${push}`, 'only=base']);
    const tags = await (await fetch(`http://${registry.address}/v2/studio/base/tags/list`)).json();
    expect(tags).toEqual({ name: 'studio/base', tags: expect.arrayContaining(['0.1.0', 'latest']) });
    expect(await runOk('docker', ['image', 'ls', '-q', `${push}/base`])).toBe('');
  } finally {
    await registry.stop();
  }
});

test.each(['https://cr.example.com', 'cr.example.com/Studio', 'a b', '-x/y'])(
  'pushing to %j is refused before anything is built',
  async (push) => {
    const refused = await run('make', ['-C', ROOT, 'images', `push=${push}`]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('is no registry') });
  },
);
