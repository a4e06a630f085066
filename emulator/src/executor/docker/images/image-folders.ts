import type { Readable } from 'node:stream';
import type { AttemptImages } from '@rebatch/worker';
import type Docker from 'dockerode';
import { LABEL_ATTEMPT, LABEL_DATA } from '../container-options.ts';
import type { DockerConnection } from '../docker-connection.ts';
import { sandboxErrorOf, statusOf } from '../docker-error.ts';
import { noImage } from './no-image.ts';
import { openArchive } from '../open-archive.ts';

/** Folders of images, read through a container that never runs. */
export class ImageFolders {
  readonly #connection: DockerConnection;
  readonly #dataId: string;
  /** Image ids with a path behind, of which it is known that the image has nothing there. */
  readonly #lacking = new Set<string>();

  constructor(connection: DockerConnection, dataId: string) {
    this.#connection = connection;
    this.#dataId = dataId;
  }

  /** As {@link AttemptImages.readFolder}; that there is none is asked once. @throws SandboxError */
  async read(...[image, path, read]: Parameters<AttemptImages['readFolder']>): Promise<void> {
    try {
      await this.#connection.call(async (docker) => {
        const { Id } = await docker.getImage(image).inspect();
        const key = `${Id} ${path}`;
        if (this.#lacking.has(key)) return;
        if (!(await this.#read(docker, image, path, read))) this.#lacking.add(key);
      });
    } catch (error) {
      if (statusOf(error) === 404) throw noImage(image, error);
      throw statusOf(error) === undefined ? error : sandboxErrorOf(error);
    }
  }

  async #read(
    docker: Docker,
    image: string,
    path: string,
    read: (tar: Readable) => Promise<void>,
  ): Promise<boolean> {
    const container = await docker.createContainer({
      Image: image,
      Entrypoint: ['-'],
      NetworkDisabled: true,
      // Of no attempt that there is: what a crash leaves is cleared away.
      Labels: { [LABEL_DATA]: this.#dataId, [LABEL_ATTEMPT]: 'image' },
    });
    try {
      // A path that ends in /. is the folder's content, and an error for what is no folder.
      const archive = await openArchive(container, `${path}/.`);
      if (archive === undefined) return false;
      await read(archive);
      return true;
    } finally {
      await container.remove({ force: true, v: true });
    }
  }
}
