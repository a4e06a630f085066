import { OssError, type OssClient } from '@rebatch/client';
import { parseOssUrl } from '@rebatch/model';
import { LineSplitter } from './line-splitter.ts';

/** Enough bytes for the last lines of any sensible log. */
const TAIL_BYTES = 16 * 1024;

/** The last `count` lines of a log; none when there is no log. */
export async function logTail(oss: OssClient, url: string, count: number): Promise<string[]> {
  if (url === '') return [];
  const { bucket, key } = parseOssUrl(url);
  try {
    const { size } = await oss.head(bucket, key);
    if (size === 0) return [];
    const start = Math.max(0, size - TAIL_BYTES);
    const { body } = await oss.get(bucket, key, { start });
    const splitter = new LineSplitter();
    const lines: string[] = [];
    for await (const chunk of body) lines.push(...splitter.push(chunk));
    lines.push(...splitter.end());
    // The first may have lost its beginning.
    return lines
      .slice(start === 0 ? 0 : 1)
      .filter((line) => line.trim() !== '')
      .slice(-count);
  } catch (error) {
    if (error instanceof OssError && error.status === 404) return [];
    throw error;
  }
}
