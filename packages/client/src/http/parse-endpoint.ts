/**
 * The address of a server: `http://host:port`, `https://host`, or a bare `host[:port]`, which means http.
 * @throws TypeError when it is none of these or carries a path.
 */
export function parseEndpoint(text: string): URL {
  const address = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(address))
    throw new TypeError(`"${text}" is not an address such as http://127.0.0.1:8700`);
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`"${text}" must start with http:// or https://`);
  }
  if (url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new TypeError(`"${text}" must be only scheme, host and port, without path, query or user name`);
  }
  return url;
}
