import { expect, test } from 'vitest';
import { fileNameCharset } from './file-name-charset.ts';

test.each([
  ['GBK', {}, 'utf-8'],
  ['GBK', { LANG: 'C.UTF-8' }, 'utf-8'],
  ['GBK', { LANG: 'zh_CN.GBK' }, 'gbk'],
  ['gbk', { LC_ALL: 'zh_CN.gb18030@pinyin', LANG: 'C.UTF-8' }, 'gbk'],
  ['GBK', { LC_ALL: '', LC_CTYPE: 'zh_CN.UTF-8', LANG: 'zh_CN.GBK' }, 'utf-8'],
  ['GB18030', {}, 'gbk'],
  ['gb-2312', { LANG: 'C.UTF-8' }, 'gbk'],
  ['UTF-8', { LANG: 'zh_CN.GBK' }, 'utf-8'],
  ['', {}, 'utf-8'],
  ['Big5', { LANG: 'zh_TW.Big5' }, 'utf-8'],
] as const)('the Locale %j with the environment %j means file names in %3$s', (locale, env, charset) => {
  expect(fileNameCharset(locale, env)).toBe(charset);
});
