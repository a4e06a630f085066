import type { ImageAction } from './image-action.ts';

/** What the server asks of the image program: one picture out of another, both files. */
export interface ImageJob {
  source: string;
  /** Written by the program; its folder is there. */
  target: string;
  actions: ImageAction[];
  limits: ImageLimits;
}

/** What one picture may take; what needs more is given up. */
export interface ImageLimits {
  /** Processor time, in milliseconds: on a busy machine a picture may take longer by the clock. */
  processorMs: number;
  /** Memory of the whole program, in bytes. */
  residentBytes: number;
}

/** Why there is no picture, in the words of the wire. */
export interface ImageProblem {
  status: number;
  code: string;
  message: string;
  /** The vendor's fine code, where it is published. */
  ec?: string;
}

/** What the image program says: once at its start, then once for each job, in the order of asking. */
export type ImageAnswer =
  | { kind: 'ready' }
  /** It cannot work on this machine, since the package that it needs is not there. */
  | { kind: 'unable'; why: string }
  | { kind: 'made'; contentType: string; path: string }
  | { kind: 'problem'; problem: ImageProblem }
  /** The same, and it ends: the picture would need more than it may have. */
  | { kind: 'given up'; problem: ImageProblem };
