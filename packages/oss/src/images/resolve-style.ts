import { readStyles } from '../configs/image-styles.ts';
import type { OssCall } from '../gateway/oss-call.ts';
import { noSuchStyle } from '../gateway/oss-errors.ts';
import type { ImageAction } from './image-action.ts';
import { invalidParameter } from './image-problems.ts';
import { type ImageProcess, parseProcess, type StyledProcess } from './parse-process.ts';

/**
 * The actions that a request asks for by itself or by the name of one of its bucket's styles.
 * @throws OssError NoSuchStyle; ImageProblemError for what the style says
 */
export async function resolveStyle(
  { store, bucket }: OssCall,
  asked: ImageProcess | StyledProcess,
): Promise<ImageAction[]> {
  if ('actions' in asked) {
    return asked.actions;
  }
  const style = (await readStyles(store, bucket)).get(asked.style);
  if (style === undefined) {
    throw noSuchStyle(asked.style);
  }
  const said = parseProcess(style.content);
  if (!('actions' in said) || said.saveAs !== undefined) {
    throw invalidParameter(`The style ${style.name} must say image/….`);
  }
  return said.actions;
}
