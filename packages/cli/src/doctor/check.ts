/** What a check found. `fix` is what to do, a command where there is one. */
export interface Finding {
  /** What was looked at: `docker daemon`. */
  what: string;
  /** `missing` is needed, `note` is only good to know. */
  status: 'ok' | 'missing' | 'note';
  detail: string;
  fix?: string;
}

export interface CheckContext {
  dataFolder: string;
  apiPort: number;
  ossPort: number;
  /** Images that must be there. */
  images: readonly string[];
}
