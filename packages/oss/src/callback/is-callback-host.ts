import { wildcardMatch } from '../wire/wildcard-match.ts';

/**
 * Tells the URLs that may be called from those that may not. A pattern is a host name, which stands for all its ports,
 * or `host:port`; `*` stands for any text. Without a pattern nothing may be called: whoever can write an object could
 * otherwise make this machine talk to its neighbours.
 */
export function isCallbackHost(patterns: readonly string[]): (url: URL) => boolean {
  return ({ hostname, port, protocol }) => {
    const host = hostname.toLowerCase();
    const withPort = `${host}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
    return patterns.some((pattern) =>
      wildcardMatch(pattern.toLowerCase(), /:(\d+|\*)$/.test(pattern) ? withPort : host),
    );
  };
}
