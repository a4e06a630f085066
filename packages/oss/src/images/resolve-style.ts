import type { OssCall } from '../gateway/oss-call.ts';
import { noSuchStyle } from '../gateway/oss-errors.ts';
import type { ImageAction } from './image-action.ts';
import type { ImageProcess, StyledProcess } from './parse-process.ts';

/**
 * The actions that a request asks for by itself or by the name of a style.
 * @throws OssError NoSuchStyle
 */
export async function resolveStyle(
  _call: OssCall,
  asked: ImageProcess | StyledProcess,
): Promise<ImageAction[]> {
  if ('actions' in asked) {
    return asked.actions;
  }
  throw noSuchStyle(asked.style);
}
