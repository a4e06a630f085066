import { createHash } from 'node:crypto';
import { ossUrlProblem, parseOssUrl, type Reference } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { findDigest, findImage, ImageNotFoundError, ObjectFiles, type Platform } from '@rebatch/registry';
import { AttemptFailure } from '@rebatch/worker';
import type { DockerConnection } from '../docker-connection.ts';
import { statusOf } from '../docker-error.ts';
import { OSS_REGISTRY } from './oss-registry.ts';
import { type PullProgress, PullError, pullImage } from './pull-image.ts';
import { RegistryEndpoint } from './registry-endpoint.ts';

/** Images of one repository that stay in the engine: the newest, and what a tag stood for before. */
const KEPT_IMAGES = 3;

export interface OssImage {
  /** Account number of who wants it. */
  owner: string;
  /** `oss://bucket/prefix/` of the registry's storage. */
  registryUrl: string;
  reference: Reference;
}

export interface OssImagesOptions {
  connection: DockerConnection;
  objects: ObjectStore;
  /** Whose images they are: several servers may share an engine. */
  dataId: string;
  warn: (message: string) => void;
}

/**
 * Images from registry storage in the object store (spec/batchcompute-api.md §13). The engine has each under a name made of
 * server, owner, place, repository and digest: no two tenants share one, and a tag that moved means another.
 */
export class OssImages {
  readonly #connection: DockerConnection;
  readonly #objects: ObjectStore;
  readonly #dataId: string;
  readonly #endpoint: RegistryEndpoint;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor({ connection, objects, dataId, warn }: OssImagesOptions) {
    this.#connection = connection;
    this.#objects = objects;
    this.#dataId = dataId;
    this.#endpoint = new RegistryEndpoint((error) => warn(`an image was not served: ${String(error)}`));
  }

  /**
   * The name of the image in the engine, which is asked to pull it when it has not. The caller has checked whose bucket it
   * is. `progress`: told while bytes come.
   *
   * @throws AttemptFailure when it is not to be had
   */
  async provide(wanted: OssImage, progress: (progress: PullProgress) => void): Promise<string> {
    const { bucket, key } = placeOf(wanted.registryUrl);
    const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
    const files = new ObjectFiles(this.#objects, bucket, prefix);
    const digest = await findDigest(files, wanted.reference).catch(fail);
    const hash = hashOf(this.#dataId, wanted.owner, bucket, prefix, wanted.reference.name);
    const repository = `${OSS_REGISTRY}/${hash}`;
    const name = `${repository}:${digest.replace('sha256:', '')}`;
    if (await this.#has(name)) return name;
    // Attempts that start together wait for one pull.
    const underWay =
      this.#underWay.get(name) ??
      this.#bring(files, { ...wanted.reference, digest }, { repository, name }, progress).finally(() =>
        this.#underWay.delete(name),
      );
    this.#underWay.set(name, underWay);
    await underWay.catch(fail);
    return name;
  }

  async close(): Promise<void> {
    await this.#endpoint.close();
  }

  async #has(name: string): Promise<boolean> {
    try {
      await this.#connection.call((docker) => docker.getImage(name).inspect());
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  async #bring(
    files: ObjectFiles,
    reference: Reference,
    { repository, name }: { repository: string; name: string },
    progress: (progress: PullProgress) => void,
  ): Promise<void> {
    const platform = await this.#platform();
    const { digest } = await findImage(files, reference, platform);
    const grant = await this.#endpoint.grant(files, reference.name);
    try {
      const { user: username, password } = grant.credentials;
      const pulled = `${grant.repository}@${digest}`;
      await this.#connection.call(async (docker) => {
        await pullImage(docker, pulled, { username, password }, progress);
        await docker.getImage(pulled).tag({ repo: repository, tag: name.slice(repository.length + 1) });
        // The engine would keep the name of this one pull for ever.
        await docker.getImage(pulled).remove({ noprune: true });
      });
    } finally {
      grant.revoke();
    }
    await this.#removeOld(repository, name);
  }

  async #platform(): Promise<Platform> {
    const { Os, Arch } = await this.#connection.call((docker) => docker.version());
    return { os: Os, architecture: Arch };
  }

  /** What is in use stays; so does what cannot be removed now, until the next time. */
  async #removeOld(repository: string, newest: string): Promise<void> {
    await this.#connection
      .call(async (docker) => {
        const images = await docker.listImages({ filters: { reference: [repository] } });
        const names = images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => name !== newest);
        const tagged = await Promise.all(names.map((name) => docker.getImage(name).inspect()));
        const byAge = names
          .map((name, index) => ({ name, at: tagTime(tagged[index]) }))
          .toSorted((left, right) => right.at - left.at);
        for (const { name } of byAge.slice(KEPT_IMAGES - 1)) {
          await docker
            .getImage(name)
            .remove()
            .catch(() => undefined);
        }
      })
      .catch(() => undefined);
  }
}

function placeOf(registryUrl: string): { bucket: string; key: string } {
  const problem = ossUrlProblem(registryUrl);
  if (problem === undefined) return parseOssUrl(registryUrl);
  throw new AttemptFailure(
    'InvalidDocker.RegistryOSSPath',
    `Specified parameter Docker.RegistryOSSPath is not valid. ${registryUrl}: ${problem}`,
  );
}

/** When an image got its last name, milliseconds since the epoch; the client's types do not know of it. */
function tagTime(info: object | undefined): number {
  const { Metadata: metadata } = Object.assign(Object.create(null), info);
  const { LastTagTime: time } = Object.assign(Object.create(null), metadata);
  return typeof time === 'string' ? Date.parse(time) : 0;
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

function fail(error: unknown): never {
  if (error instanceof ImageNotFoundError || error instanceof PullError) {
    throw new AttemptFailure('InvalidDocker.Image', error.message, { cause: error });
  }
  throw error;
}
