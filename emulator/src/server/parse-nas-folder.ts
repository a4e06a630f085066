import { isAbsolute, normalize } from 'node:path';
import { type NasFolder, parseNasUrl } from '@rebatch/model';
import { UsageError } from './usage-error.ts';

const FORM = /^([a-z]+:\/\/[^=]+)=(.+?)(?:@(\d+(?:,\d+)*))?$/s;

/** Reads `URL=FOLDER[@ACCOUNT,…]`: the folder of this machine that stands for one of a file server. @throws UsageError */
export function parseNasFolder(text: string): NasFolder {
  const [, address = '', folder = '', owners] = FORM.exec(text) ?? [];
  const url = parseNasUrl(address);
  if (url === undefined || !isAbsolute(folder)) {
    throw new UsageError(
      `--nas must look like nas://HOST:/PATH/=/FOLDER or nas://HOST:/PATH/=/FOLDER@1000001, not ${JSON.stringify(text)}`,
    );
  }
  return {
    url,
    folder: normalize(folder),
    ...(owners === undefined ? {} : { owners: owners.split(',') }),
  };
}
