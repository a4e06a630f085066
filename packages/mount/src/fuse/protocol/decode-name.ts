/** The NUL-terminated name that a request's body is, as bytes. */
export function decodeName(body: Buffer): Buffer {
  const end = body.indexOf(0);
  return end === -1 ? body : body.subarray(0, end);
}
