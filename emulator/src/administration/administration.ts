import type { Grant } from '@rebatch/oss';
import type { AccessKeyRow, ImageRow, QuotaName, QuotaRow } from '../store/rows.ts';
import type { TemporaryKey } from '../store/new-keys.ts';

/** A key as lists show it. */
export type ListedKey = Omit<AccessKeyRow, 'secret' | 'temporary'> & { expiresAt?: number };

/** A limit of that name; without an amount jobs name it, and nothing is limited. */
export interface ListedLimit {
  name: string;
  amount?: number;
  /** Attempts on the way. */
  inUse: number;
}

/**
 * What the one who runs the farm may do, on the data folder itself: there is no request to sign, and a running server
 * takes note within a second. Everything that names an account throws AdministrationError when there is none.
 */
export interface Administration {
  /** Account number of the first account. */
  readonly operator: string;
  /** The oldest first. */
  listKeys(): ListedKey[];
  /** `owner`: an account number, or `new` for an account of its own. The only time that the secret is told. */
  makeKey(owner: string, note: string): { id: string; secret: string; owner: string };
  makeTemporaryKey(options: {
    owner: string;
    ttlMs: number;
    note: string;
    grants?: readonly Grant[];
  }): TemporaryKey;
  /** False when there is no such key. */
  setKeyEnabled(id: string, enabled: boolean): boolean;

  listQuotas(): QuotaRow[];
  /** `owner` "": everybody without a quota of their own; amount undefined: no bound. */
  setQuota(owner: string, what: QuotaName, amount: number | undefined): void;

  listLimits(): ListedLimit[];
  setLimit(name: string, amount: number): void;
  /** False when there is no such limit. */
  removeLimit(name: string): boolean;

  /** Every account's, and those of the system (owner ""). */
  listImages(): ImageRow[];
  /** `owner` "": the system's, seen by everybody. */
  setImage(image: Pick<ImageRow, 'id' | 'owner' | 'target' | 'description' | 'platform'>): void;
  /** False when there is no such image. */
  removeImage(owner: string, id: string): boolean;

  close(): void;
}

/** Thrown when something that was asked for cannot be; one sentence for people. */
export class AdministrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AdministrationError';
  }
}
