export { bodyOf, patternBytes, readAll } from './bytes.ts';
export { objectStoreContract, type StoreUnderTest } from './object-store-contract.ts';
