const TYPES = new Map([
  ['bmp', 'image/bmp'],
  ['gz', 'application/gzip'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['json', 'application/json'],
  ['log', 'text/plain'],
  ['mp4', 'video/mp4'],
  ['png', 'image/png'],
  ['py', 'text/x-python'],
  ['tif', 'image/tiff'],
  ['tiff', 'image/tiff'],
  ['txt', 'text/plain'],
  ['webp', 'image/webp'],
]);

/** What an object's name says about its content; browsers show pictures only under their own type. */
export function contentTypeOf(key: string): string {
  const extension = /\.([A-Za-z0-9]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';
  return TYPES.get(extension) ?? 'application/octet-stream';
}
