export { canonical } from './canonical.ts';
export { frameFileName } from './frame-file-name.ts';
export { type FrameList, MAX_FRAMES } from './frame-list.ts';
export { FrameSyntaxError, pointAt } from './frame-syntax-error.ts';
export { parseFrames } from './parse-frames.ts';
export { splitFrames } from './split-frames.ts';
