import type { SuiteStore } from './suite-store.ts';

/** How one test of a vendor ended. */
export interface Outcome {
  /** `Class.test`. */
  test: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** What a failed or skipped test said. */
  why: string;
}

/** Why tests may fail. */
export interface Reason {
  /** As it goes into the table. */
  reason: string;
  /** `Class.test` of those that it is about. */
  tests?: RegExp;
  /** What they say when they fail. */
  says?: RegExp;
}

/** Some tests of a suite that run one after the other against a store of their own. */
export interface TestGroup {
  name: string;
  run: (store: SuiteStore) => Promise<Outcome[]>;
}

/** A vendor's own test suite. */
export interface VendorSuite {
  /** As on the command line. */
  name: string;
  /** What it is, with its version, for people. */
  title: string;
  /** Why tests may fail here, the first that fits. A test that fails without one is a bug. */
  reasons: readonly Reason[];
  /** Fetches and builds what is needed. @returns the groups, in any order */
  prepare: () => Promise<TestGroup[]>;
}
