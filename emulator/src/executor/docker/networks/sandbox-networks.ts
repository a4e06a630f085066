/** On which network an account's sandboxes are put. */
export interface SandboxNetworks {
  /** Its name for the engine; it is there when this resolves. */
  of(owner: string): Promise<string>;
  /** Makes it again after somebody removed it. Can be repeated. */
  restore(owner: string): Promise<void>;
}
