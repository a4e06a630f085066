import OSS from 'ali-oss';

/** Methods of the client that its published types leave out, or describe otherwise than they are. */
interface Untyped {
  getObjectMeta(name: string): Promise<{ res: { headers: object } }>;
  getBucketStat(name: string): Promise<{ stat: object }>;
  deleteMulti(names: string[]): Promise<{ deleted: { Key: string }[] }>;
  listBuckets(query: object): Promise<{ buckets: object[] }>;
  calculatePostSignature(policy: object): Record<string, string>;
  signPostObjectPolicyV4(policy: object, date: Date): string;
  putACL(name: string, acl: string): Promise<object>;
  getACL(name: string): Promise<{ acl: string }>;
  putSymlink(name: string, target: string, options?: object): Promise<object>;
  putObjectTagging(name: string, tags: Record<string, string>): Promise<object>;
  getObjectTagging(name: string): Promise<{ tag: Record<string, string> }>;
  deleteObjectTagging(name: string): Promise<object>;
  putBucketTags(bucket: string, tags: Record<string, string>): Promise<object>;
  getBucketTags(bucket: string): Promise<{ tag: Record<string, string> }>;
  deleteBucketTags(bucket: string): Promise<object>;
  putBucketPolicy(bucket: string, policy: object): Promise<object>;
  getBucketPolicy(bucket: string): Promise<{ policy: object | null }>;
  deleteBucketPolicy(bucket: string): Promise<object>;
  putBucketEncryption(bucket: string, rule: object): Promise<object>;
  getBucketEncryption(bucket: string): Promise<{ encryption: object }>;
  putBucketLifecycle(bucket: string, rules: object[]): Promise<object>;
  getBucketLifecycle(bucket: string): Promise<{ rules: object[] }>;
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
