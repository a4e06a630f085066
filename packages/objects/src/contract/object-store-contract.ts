import { afterEach, beforeEach, describe } from 'vitest';
import type { ObjectStore } from '../object-store.ts';
import { appendContract } from './append-contract.ts';
import { attributeContract } from './attribute-contract.ts';
import { bucketContract } from './bucket-contract.ts';
import { copyContract } from './copy-contract.ts';
import { listContract } from './list-contract.ts';
import { objectContract } from './object-contract.ts';
import { randomOperationsContract } from './random-operations-contract.ts';
import { uploadContract } from './upload-contract.ts';
import { randomVersionsContract } from './random-versions-contract.ts';
import { versionContract } from './version-contract.ts';
import { versionListContract } from './version-list-contract.ts';
import { watchContract } from './watch-contract.ts';

export interface StoreUnderTest {
  store: ObjectStore;
  /** Closes the store and removes what it left. */
  dispose(): Promise<void>;
}

/** Gives the store of the running test, in which the bucket `bucket` of owner `1001` is there and empty. */
export type GetStore = () => ObjectStore;

/** What every back end must do. `makeStore` gives an empty store for each test. */
export function objectStoreContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an ObjectStore`, () => {
    let made: StoreUnderTest;
    beforeEach(async () => {
      made = await makeStore();
      await made.store.createBucket('bucket', '1001');
    });
    afterEach(async () => {
      await made.dispose();
    });
    const getStore: GetStore = () => made.store;
    bucketContract(getStore);
    objectContract(getStore);
    listContract(getStore);
    attributeContract(getStore);
    copyContract(getStore);
    appendContract(getStore);
    uploadContract(getStore);
    versionContract(getStore);
    versionListContract(getStore);
    randomVersionsContract(getStore);
    watchContract(getStore);
    randomOperationsContract(getStore);
  });
}
