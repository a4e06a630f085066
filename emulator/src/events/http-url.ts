/** An address as a URL. @throws TypeError when it is not one of http or https */
export function httpUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`${url.protocol} is not http or https`);
  }
  return url;
}
