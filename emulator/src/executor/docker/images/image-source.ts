import { type Clock, parseReference, type Reference } from '@rebatch/model';
import { AttemptFailure, type AttemptImages } from '@rebatch/worker';
import type { DockerConnection } from '../docker-connection.ts';
import { statusOf } from '../docker-error.ts';
import { engineName } from './engine-name.ts';
import { ImageFolders } from './image-folders.ts';
import { OssImages, type OssImagesOptions } from './oss-images.ts';
import { OSS_REGISTRY } from './oss-registry.ts';
import type { PullProgress } from './pull-image.ts';
import { RegistryImages, type RegistryImagesOptions } from './registry-images.ts';

/** Of images whose programs are Windows' (docs/windows.md): `windows`. */
const LABEL_PLATFORM = 'dev.rebatch.platform';

export type ImageSourceOptions = OssImagesOptions & RegistryImagesOptions;

/** Gets the images of attempts and machines into the Docker daemon. */
export class ImageSource implements AttemptImages {
  readonly #clock: Clock;
  readonly #connection: DockerConnection;
  readonly #ossImages: OssImages;
  readonly #registryImages: RegistryImages;
  readonly #folders: ImageFolders;

  constructor(options: ImageSourceOptions) {
    this.#clock = options.clock;
    this.#connection = options.connection;
    this.#ossImages = new OssImages(options);
    this.#registryImages = new RegistryImages(options);
    this.#folders = new ImageFolders(options.connection, options.dataId);
  }

  async provide(
    { owner, image, registryUrl }: Parameters<AttemptImages['provide']>[0],
    progress: (what: string) => void = () => undefined,
  ): Promise<string> {
    const reference = parseReference(image);
    if (reference === undefined) throw invalidImage(`"${image}" cannot be the name of an image.`);
    if (reference.registry === OSS_REGISTRY) {
      throw invalidImage(`"${image}": names of ${OSS_REGISTRY} are the server's own.`);
    }
    const tell = this.#seldom((pulled) => progress(progressText(image, pulled)));
    if (registryUrl !== undefined && isLocal(reference)) {
      return this.#ossImages.provide({ owner, registryUrl, reference }, tell);
    }
    const name = engineName(image);
    if (reference.registry !== undefined) await this.#registryImages.provide(name, reference.registry, tell);
    return name;
  }

  async platformOf(image: string): Promise<'linux' | 'windows'> {
    try {
      const { Config } = await this.#connection.call((docker) =>
        docker.getImage(engineName(image)).inspect(),
      );
      return Config.Labels?.[LABEL_PLATFORM] === 'windows' ? 'windows' : 'linux';
    } catch (error) {
      // Whoever makes the sandbox has the words for it.
      if (statusOf(error) !== undefined) return 'linux';
      throw error;
    }
  }

  async readFolder(...asked: Parameters<AttemptImages['readFolder']>): Promise<void> {
    await this.#folders.read(...asked);
  }

  /** The daemon tells ten times a second, and each time is the scheduler's business. */
  #seldom(tell: (pulled: PullProgress) => void): (pulled: PullProgress) => void {
    let last = Number.NEGATIVE_INFINITY;
    return (pulled) => {
      const now = this.#clock.now();
      if (now - last < TELL_EVERY_MS) return;
      last = now;
      tell(pulled);
    };
  }

  async close(): Promise<void> {
    await this.#ossImages.close();
  }
}

/** `localhost:5000/name`, or the bare name, as some clients leave it to the service to say where (spec/clients.md §3). */
function isLocal({ registry }: Reference): boolean {
  return registry === undefined || /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(registry);
}

function invalidImage(why: string): AttemptFailure {
  return new AttemptFailure('InvalidDocker.Image', `Specified parameter Docker.Image is not valid. ${why}`);
}

const MIB = 1024 ** 2;
const TELL_EVERY_MS = 1000;

function progressText(image: string, { current, total }: PullProgress): string {
  return `pulling the image ${image}: ${Math.floor(current / MIB)} of ${Math.ceil(total / MIB)} MiB`;
}
