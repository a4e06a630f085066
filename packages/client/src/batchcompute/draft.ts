import type { AppDescription, AppJobDescription, DagJobDescription } from '@rebatch/model';

/** A description as a client writes it: every field may be left to the service's default. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

/** What POST /jobs needs at least (spec/batchcompute-api.md §7, §8.1). */
export type JobDraft =
  | (Draft<DagJobDescription> & { readonly Name: string; readonly Type: 'DAG' })
  | (Draft<AppJobDescription> & { readonly Name: string; readonly Type: 'App' });

/** What POST /apps needs at least (spec/batchcompute-api.md §8.4). */
export type AppDraft = Draft<AppDescription> & { readonly Name: string; readonly CommandLine: string };
