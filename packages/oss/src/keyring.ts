export interface AccessKey {
  id: string;
  secret: string;
  /** Account number, decimal. */
  owner: string;
}

/** Finds access keys; the server's accounts stand behind it. Disabled keys are not found. */
export interface KeyRing {
  find(accessKeyId: string): AccessKey | undefined;
}
