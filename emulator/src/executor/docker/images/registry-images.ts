import type { Clock } from '@rebatch/model';
import { AttemptFailure } from '@rebatch/worker';
import type { DockerConnection } from '../docker-connection.ts';
import { daemonMessage, statusOf } from '../docker-error.ts';
import { PullError, type PullProgress, pullImage, type RegistryAuth } from './pull-image.ts';
import { registryAuth } from './registry-auth.ts';

export interface RegistryImagesOptions {
  connection: DockerConnection;
  clock: Clock;
  /** File with passwords of registries; absent: none. */
  registryAuthFile?: string;
}

/** Tries when a registry cannot be reached, and milliseconds before the second one; twice as many before the next. */
const TRIES = 3;
const PAUSE_MS = 1000;
/** In what Docker says when a registry was not reached, or had no time. All else is its answer. */
const UNREACHED =
  /dial tcp|no such host|connection re|timeout|deadline|\bEOF\b|TLS handshake|too ?many ?requests|\b50[0234]\b/i;

/** Images of registries, pulled when the engine does not have them. */
export class RegistryImages {
  readonly #options: RegistryImagesOptions;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: RegistryImagesOptions) {
    this.#options = options;
  }

  /**
   * Pulls `image` of `registry` if it is not there. One of a registry on this host, which only the operator can mean, is
   * pulled when the file of passwords names it.
   *
   * @throws AttemptFailure in the registry's words
   */
  async provide(image: string, registry: string, progress: (progress: PullProgress) => void): Promise<void> {
    if (await this.#has(image)) return;
    const auth = await this.#authOf(registry);
    if (auth === undefined && isLoopback(registry)) return;
    // Attempts that start together wait for one pull.
    const underWay =
      this.#underWay.get(image) ??
      this.#pull(image, auth, progress).finally(() => this.#underWay.delete(image));
    this.#underWay.set(image, underWay);
    await underWay;
  }

  async #has(image: string): Promise<boolean> {
    try {
      await this.#options.connection.call((docker) => docker.getImage(image).inspect());
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  async #authOf(registry: string): Promise<RegistryAuth | undefined> {
    const { registryAuthFile: file } = this.#options;
    if (file === undefined) return undefined;
    try {
      return await registryAuth(file, registry);
    } catch (error) {
      const message = `${error instanceof Error ? error.message : String(error)}.`;
      throw new AttemptFailure('InternalError.ImagePull', message, { cause: error });
    }
  }

  async #pull(
    image: string,
    auth: RegistryAuth | undefined,
    progress: (progress: PullProgress) => void,
  ): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        await this.#options.connection.call((docker) => pullImage(docker, image, auth, progress));
        return;
      } catch (error) {
        if (!(error instanceof PullError) && statusOf(error) === undefined) throw error;
        const message = daemonMessage(error);
        const refused = !UNREACHED.test(message);
        if (!refused && tried < TRIES) {
          await this.#pause(PAUSE_MS * 2 ** (tried - 1));
          continue;
        }
        throw new AttemptFailure(
          refused ? 'InvalidImage' : 'InternalError.ImagePull',
          `The image "${image}" could not be pulled: ${message}`,
          { cause: error },
        );
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#options.clock.after(ms, resolve));
  }
}

function isLoopback(registry: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+)(?::\d+)?$/.test(registry);
}
