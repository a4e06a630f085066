import type { ObjectStore } from '../store/object-store.ts';
import type { MappedFolder, RemotePlace } from '../task/remote-place.ts';

/** Who has a frame: the try of an instance. */
export interface Claimant {
  readonly instance: number;
  readonly attempt: number;
}

/** The claims of a task: one object for each frame that somebody has, made create-only, so that one of many gets it. */
export class Claims {
  readonly #store: ObjectStore;
  readonly #folder: RemotePlace;
  readonly #self: Claimant;

  constructor(store: ObjectStore, folder: RemotePlace, self: Claimant) {
    this.#store = store;
    this.#folder = folder;
    this.#self = self;
  }

  /** @returns true when this attempt has the frame now */
  async take(frame: number): Promise<boolean> {
    if (await this.#store.create(this.#placeOf(frame), JSON.stringify(this.#self))) return true;
    // It may be our own, written by a request whose answer was lost.
    const owner = await this.claimant(frame);
    return owner?.instance === this.#self.instance && owner.attempt === this.#self.attempt;
  }

  /** Frames that somebody has, and since when, in milliseconds since the epoch. */
  async taken(): Promise<Map<number, number>> {
    const taken = new Map<number, number>();
    for await (const { name, lastModified } of this.#store.list(this.#folder)) {
      if (/^-?\d+$/.test(name)) taken.set(Number(name), lastModified);
    }
    return taken;
  }

  /** Undefined for a frame that nobody has. */
  async claimant(frame: number): Promise<Claimant | undefined> {
    const text = await this.#store.read(this.#placeOf(frame));
    return text === undefined ? undefined : readClaimant(text);
  }

  /** Makes a claim of an earlier try of this instance this one's. */
  async takeOver(frame: number): Promise<void> {
    await this.#store.write(this.#placeOf(frame), JSON.stringify(this.#self));
  }

  #placeOf(frame: number): RemotePlace {
    return { ...this.#folder, key: `${this.#folder.key}${frame}` };
  }
}

/** Where the claims of a task lie: in what its outputs are uploaded to, out of the pictures' way. */
export function claimsFolder({ place }: MappedFolder, job: string, task: string): RemotePlace {
  return { ...place, key: `${place.key}${claimsPrefix(job)}${task}/` };
}

/** All claims of a job, below the prefix that an output goes to. */
export function claimsPrefix(job: string): string {
  return `.rebatch/${job}/claims/`;
}

function readClaimant(text: string): Claimant | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('instance' in value) || !('attempt' in value))
    return undefined;
  return { instance: Number(value.instance), attempt: Number(value.attempt) };
}
