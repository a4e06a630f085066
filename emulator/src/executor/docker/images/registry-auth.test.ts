import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { registryAuth } from './registry-auth.ts';

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-auth-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'config.json'), text);
  return join(folder, 'config.json');
}

test.each([
  ['registry.example.com', { username: 'me', password: 'a:b' }],
  ['old.example.com:5000', { username: 'you', password: 'c' }],
  ['docker.io', { identitytoken: 'token' }],
  ['localhost:5000', {}],
])('%s is told what the file says', async (registry, expected) => {
  const auth = Buffer.from('me:a:b').toString('base64');
  const file = await fileOf(
    JSON.stringify({
      auths: {
        'registry.example.com': { auth },
        'https://old.example.com:5000/v1/': { username: 'you', password: 'c' },
        'https://index.docker.io/v1/': { identitytoken: 'token' },
        'localhost:5000': {},
      },
    }),
  );
  expect(await registryAuth(file, registry)).toEqual({ serveraddress: registry, ...expected });
  expect(await registryAuth(file, 'example.com')).toBeUndefined();
});

test.each(['{"auths": {"a": {"auth": "c2VjcmV0', '{"credsStore": "desktop"}'])(
  'a file that is none is refused without its content: %s',
  async (text) => {
    const file = await fileOf(text);
    const refusal = await registryAuth(file, 'a').catch((error: unknown) => error);
    expect(String(refusal)).toMatch(/cannot be read: it is no JSON with "auths"/);
    expect(refusal).not.toHaveProperty('cause');
    await expect(registryAuth(`${file}.no`, 'a')).rejects.toThrow('cannot be read');
  },
);
