export { claimsPrefix } from './claims/claims.ts';
export { formatProgressLine, type ProgressLine, parseProgressLine, type Sample } from './progress-lines.ts';
export { TASK_VARIABLE, type TaskFacts } from './task/task-facts.ts';
export { formatNamed, RENDER_FORMATS, type RenderFormat, unknownFormat } from './render-formats.ts';
