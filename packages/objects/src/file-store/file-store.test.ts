import { objectStoreContract } from '../contract/object-store-contract.ts';
import { makeTemporaryStore } from './temporary-store.ts';

objectStoreContract('the file store', makeTemporaryStore);
