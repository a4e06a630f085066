import { followObject, type OssClient } from '@rebatch/client';
import { parseOssUrl } from '@rebatch/model';
import { LineSplitter } from './line-splitter.ts';

/** Calls `onLine` for each line of the log at `url` until `ended` and everything is read. */
export async function followLog(
  oss: OssClient,
  url: string,
  ended: () => boolean,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const lines = new LineSplitter();
  for await (const bytes of followObject(oss, parseOssUrl(url), { ended, signal })) {
    for (const line of lines.push(bytes)) onLine(line);
  }
  for (const line of lines.end()) onLine(line);
}
