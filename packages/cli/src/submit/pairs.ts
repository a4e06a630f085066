import { UsageError } from '../cli-error.ts';
import { isOssUrl } from '../transfer/is-oss-url.ts';

/** `oss://bucket/key=/path`: keys may hold `=`, so the last one before a path separates. @throws UsageError */
export function mappings(option: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const cut = text.lastIndexOf('=/');
      if (!isOssUrl(text) || cut < 0) {
        throw new UsageError(`--${option} must be oss://BUCKET/KEY=/PATH, not "${text}"`);
      }
      return [text.slice(0, cut), text.slice(cut + 1)];
    }),
  );
}

/** `NAME=VALUE`; the name must match `left`. `shape`: what it should look like, for the error. */
export function pairs(
  option: string,
  texts: readonly string[],
  left: RegExp,
  shape: string,
): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const cut = text.indexOf('=');
      if (cut < 0 || !left.test(text.slice(0, cut))) {
        throw new UsageError(`--${option} must be ${shape}, not "${text}"`);
      }
      return [text.slice(0, cut), text.slice(cut + 1)];
    }),
  );
}
