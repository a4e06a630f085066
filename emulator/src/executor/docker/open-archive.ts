import { posix } from 'node:path';
import { Readable } from 'node:stream';
import type { Container } from 'dockerode';
import { statusOf } from './docker-error.ts';

/** Bit of Go's file modes that says "link", as the daemon reports modes. */
const GO_MODE_SYMLINK = 2 ** 27;

/**
 * A tar stream of a file or folder of a container, a link followed inside the container's tree. Undefined when there is
 * no such path.
 */
export async function openArchive(container: Container, path: string): Promise<Readable | undefined> {
  const real = await linkTarget(container, path);
  if (real === undefined) return undefined;
  try {
    const stream = await container.getArchive({ path: real });
    return stream instanceof Readable ? stream : Readable.from(stream);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

async function linkTarget(container: Container, path: string): Promise<string | undefined> {
  const stat = await pathStat(container, path);
  if (stat === undefined) return undefined;
  if (Math.floor(stat.mode / GO_MODE_SYMLINK) % 2 === 0 || stat.linkTarget === '') return path;
  return posix.resolve(posix.dirname(path), stat.linkTarget);
}

/** The daemon answers a HEAD with the facts in a header, as base64 of JSON. */
async function pathStat(
  container: Container,
  path: string,
): Promise<{ mode: number; linkTarget: string } | undefined> {
  let answer: unknown;
  try {
    answer = await container.infoArchive({ path });
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
  if (!(answer instanceof Readable) || !('headers' in answer)) return undefined;
  answer.resume();
  const headers = answer.headers;
  if (typeof headers !== 'object' || headers === null || !('x-docker-container-path-stat' in headers))
    return undefined;
  const text = Buffer.from(String(headers['x-docker-container-path-stat']), 'base64').toString();
  const stat: { mode: number; linkTarget: string } = JSON.parse(text);
  return stat;
}
