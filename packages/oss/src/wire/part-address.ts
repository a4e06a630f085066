import { invalidArgument } from '../gateway/oss-errors.ts';

/**
 * Which part of which upload a request is about.
 * @throws OssError InvalidArgument
 */
export function partAddress(params: ReadonlyMap<string, string>): { uploadId: string; partNumber: number } {
  const number = params.get('partNumber') ?? '';
  if (!/^\d{1,9}$/.test(number)) {
    throw invalidArgument('partNumber must be a number from 1 to 10000.', 'partNumber', number);
  }
  return { uploadId: params.get('uploadId') ?? '', partNumber: Number(number) };
}
