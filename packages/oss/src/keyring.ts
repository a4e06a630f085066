export interface AccessKey {
  id: string;
  secret: string;
  /** Account number, decimal. */
  owner: string;
  /** Present: the key counts only with this token beside it, and until a moment in milliseconds since the epoch. */
  temporary?: { token: string; expiresAt: number };
  /** Present: the key may do nothing but read and write objects in these places. */
  grants?: readonly Grant[];
}

/** A place that a limited key may use. */
export interface Grant {
  bucket: string;
  /** Ends with `/` or is empty: everything below it. Else this one object. */
  prefix: string;
  /** Who may write may read, too. */
  access: 'read' | 'write';
}

/** Finds access keys; the server's accounts stand behind it. Disabled keys are not found, expired ones are. */
export interface KeyRing {
  find(accessKeyId: string): AccessKey | undefined;
}
