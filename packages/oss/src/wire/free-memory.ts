/**
 * Gives back at once the memory of bytes that nobody reads any more. Left to the garbage collector, the 64 KiB pieces in
 * which Node hands over a body make it run 25 times for a gigabyte, on another core and on this one.
 */
export function freeMemory(bytes: Uint8Array): void {
  const { buffer } = bytes;
  // Small buffers share theirs with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) {
    buffer.transfer(0);
  }
}
