/** What clients send unasked: the SDKs' default (spec/batchcompute-api.md §12.3). */
const DEFAULT = 'gbk';
/** Names of the same family of character sets, without case and punctuation. */
const GBK_FAMILY = new Set([DEFAULT, 'gb2312', 'gb18030', 'cp936', '936', 'euccn']);

/**
 * Character set in which a program wants file names, by the Locale of its mapping and its environment. Every SDK sends
 * the Locale GBK unless told otherwise, and Linux programs of today expect UTF-8: so GBK counts when the program's own
 * locale (LC_ALL, LC_CTYPE or LANG, in this order) says it, too, as `zh_CN.GBK` does. Another name of the family, as
 * `GB18030`, which no client sends unasked, counts by itself.
 */
export function fileNameCharset(locale: string, env: Readonly<Record<string, string>>): 'utf-8' | 'gbk' {
  const wanted = plain(locale);
  if (!GBK_FAMILY.has(wanted)) return 'utf-8';
  return wanted !== DEFAULT || GBK_FAMILY.has(codesetOf(env)) ? 'gbk' : 'utf-8';
}

/** Of the environment's locale: `gbk` of `zh_CN.GBK@pinyin`. */
function codesetOf(env: Readonly<Record<string, string>>): string {
  const values = ['LC_ALL', 'LC_CTYPE', 'LANG'].map((name) => (Object.hasOwn(env, name) ? env[name] : ''));
  const locale = values.find((value) => value !== undefined && value !== '') ?? '';
  return plain(/\.([^@]*)/.exec(locale)?.[1] ?? '');
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
