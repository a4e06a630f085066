import OSS from 'ali-oss';

/** Methods of the client that its published types leave out, or describe otherwise than they are. */
interface Untyped {
  getObjectMeta(name: string): Promise<{ res: { headers: object } }>;
  getBucketStat(name: string): Promise<{ stat: object }>;
  deleteMulti(names: string[]): Promise<{ deleted: { Key: string }[] }>;
  listBuckets(query: object): Promise<{ buckets: object[] }>;
}

export type Client = Omit<OSS, keyof Untyped> & Untyped;

function isClient(client: object): client is Client {
  return 'getObjectMeta' in client && 'getBucketStat' in client;
}

/** The vendor's client as it is; `options` may have what the types leave out, too. */
export function makeClient(options: OSS.Options & { sldEnable?: boolean }): Client {
  const client: object = new OSS(options);
  if (!isClient(client)) {
    throw new Error('this is not the ali-oss that these tests were written for');
  }
  return client;
}
