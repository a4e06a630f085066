import { readFile } from 'node:fs/promises';
import type { RegistryAuth } from './pull-image.ts';

/** Docker Hub is known by an old address, too. */
const HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/**
 * What to tell a registry, by the operator's file, which is read each time and has the form of Docker's config.json; a host
 * that is named without a password needs none. Undefined when the host is not named.
 *
 * @throws Error with one line, without any secret, when the file cannot be read
 */
export async function registryAuth(file: string, registry: string): Promise<RegistryAuth | undefined> {
  for (const [address, entry] of Object.entries(await readAuths(file))) {
    if (!isSameRegistry(hostOf(address), registry)) continue;
    const { auth, username, password, identitytoken } = fieldsOf(entry);
    const [user, secret] = typeof auth === 'string' ? decode(auth) : [username, password];
    return {
      serveraddress: registry,
      ...(typeof user === 'string' && typeof secret === 'string' ? { username: user, password: secret } : {}),
      ...(typeof identitytoken === 'string' ? { identitytoken } : {}),
    };
  }
  return undefined;
}

/** @throws Error with one line when the file cannot be read or is not of the form */
async function readAuths(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`the registry passwords in ${file} cannot be read`, { cause: error });
  });
  const { auths } = fieldsOf(parse(text));
  if (typeof auths === 'object' && auths !== null) return fieldsOf(auths);
  throw new Error(
    `the registry passwords in ${file} cannot be read: it is no JSON with "auths", as Docker's config.json`,
  );
}

/** What a parser says quotes the file: it is kept to itself. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of `registry.example.com:5000`, or of an address with scheme and path, as older versions of Docker wrote it. */
function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}

function isSameRegistry(left: string, right: string): boolean {
  return left === right || (HUB.has(left) && HUB.has(right));
}

function decode(auth: string): [string, string] | [] {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return Object.assign(Object.create(null), typeof value === 'object' ? value : undefined);
}
