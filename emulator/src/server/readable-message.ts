/** Errors whose message is written for the person at the terminal. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'StartError',
  'UsageError',
  'StoreError',
  'FileStoreOpenError',
  'S3StoreOpenError',
]);

/** One line for a refusal that was foreseen, and the stack for any other failure. */
export function readableMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return FOR_PEOPLE.has(error.name) ? error.message : (error.stack ?? error.message);
}
