/**
 * Uses every method of ali-oss that the store serves, in Node and in a browser page: what a check needs of the place is
 * in `place`. Only fetch, Blob, FormData and the client itself are used here.
 */

const ODD = "dir/a b+c!'()*~é%25&x=y?#.txt";

function equal(found, wanted) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${left} is not ${right}`);
}

async function refused(code, call) {
  const error = await call().then(
    () => undefined,
    (reason) => reason,
  );
  equal(error?.code, code);
  equal(error.requestId?.length, 24);
}

const text = async (client, key) => new TextDecoder().decode((await client.get(key)).content);

/** A PNG of 40 x 20 pixels. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAMAAADImI+JAAAAA1BMVEX/AAAZ4gk3AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQo' +
  'kWNgGAWjYBQwkAAAAzQAAWANf2kAAAAASUVORK5CYII=';

/** What a link leads to. */
const read = async (url) => (await fetch(url)).text();

/** Of the bucket the page is about; buckets are made by programs, but the calls are in every build of the client. */
const buckets = {
  async description({ client, bucket }) {
    equal((await client.getBucketInfo(bucket)).bucket.StorageClass, 'Standard');
    equal((await client.getBucketLocation(bucket)).location, 'oss-local');
    equal((await client.getBucketStat(bucket)).stat.ObjectCount, '0');
    const { buckets: listed } = await client.listBuckets({ prefix: bucket });
    equal(
      listed.map(({ name }) => name),
      [bucket],
    );
  },
  async selection({ client, bucket }) {
    client.useBucket(bucket);
    client.setBucket(bucket);
    equal((await client.getBucketVersioning(bucket)).versionStatus, undefined);
  },
  async acl({ client, bucket }) {
    await client.putBucketACL(bucket, 'public-read');
    equal((await client.getBucketACL(bucket)).acl, 'public-read');
    await client.putBucketACL(bucket, 'private');
  },
  async cors({ client, bucket }) {
    const rule = {
      allowedOrigin: '*',
      allowedMethod: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
      allowedHeader: '*',
    };
    const exposed = { exposeHeader: ['ETag', 'x-oss-request-id', 'x-oss-next-append-position'] };
    await client.putBucketCORS(bucket, [{ ...rule, ...exposed }]);
    equal((await client.getBucketCORS(bucket)).rules[0].allowedOrigin, '*');
    await client.deleteBucketCORS(bucket);
    await refused('NoSuchCORSConfiguration', () => client.getBucketCORS(bucket));
  },
  async lifecycle({ client, bucket }) {
    await client.putBucketLifecycle(bucket, [
      { id: 'one', prefix: 'tmp/', status: 'Enabled', expiration: { days: 3 } },
    ]);
    equal((await client.getBucketLifecycle(bucket)).rules[0].expiration.days, '3');
    await client.deleteBucketLifecycle(bucket);
  },
  async website({ client, bucket }) {
    await client.putBucketWebsite(bucket, { index: 'index.html', error: 'error.html' });
    equal((await client.getBucketWebsite(bucket)).index, 'index.html');
    await client.deleteBucketWebsite(bucket);
    await refused('NoSuchWebsiteConfiguration', () => client.getBucketWebsite(bucket));
  },
  async referer({ client, bucket }) {
    await client.putBucketReferer(bucket, true, ['http://studio.example']);
    equal((await client.getBucketReferer(bucket)).referers, ['http://studio.example']);
    await client.deleteBucketReferer(bucket);
  },
  async logging({ client, bucket }) {
    await client.putBucketLogging(bucket, 'logs/');
    equal((await client.getBucketLogging(bucket)).prefix, 'logs/');
    await client.deleteBucketLogging(bucket);
  },
  async encryption({ client, bucket }) {
    await client.putBucketEncryption(bucket, { SSEAlgorithm: 'AES256' });
    equal((await client.getBucketEncryption(bucket)).encryption.SSEAlgorithm, 'AES256');
    await client.deleteBucketEncryption(bucket);
  },
  async tags({ client, bucket }) {
    await client.putBucketTags(bucket, { studio: 'north' });
    equal((await client.getBucketTags(bucket)).tag, { studio: 'north' });
    await client.deleteBucketTags(bucket);
  },
  async policy({ client, bucket }) {
    const resource = [`acs:oss:*:*:${bucket}/nobody`];
    await client.putBucketPolicy(bucket, {
      Version: '1',
      Statement: [{ Action: ['oss:GetObject'], Effect: 'Allow', Principal: ['*'], Resource: resource }],
    });
    equal((await client.getBucketPolicy(bucket)).policy.Statement[0].Resource, resource);
    await client.deleteBucketPolicy(bucket);
  },
  async payer({ client, bucket }) {
    await client.putBucketRequestPayment(bucket, 'Requester');
    equal((await client.getBucketRequestPayment(bucket)).payer, 'Requester');
    await client.putBucketRequestPayment(bucket, 'BucketOwner');
  },
};

const objects = {
  async whole({ client, bytes }) {
    await client.put(ODD, bytes('hello'), { mime: 'text/plain', meta: { author: 'ada', uid: 7, pid: 0 } });
    equal(await text(client, ODD), 'hello');
    const head = await client.head(ODD);
    equal([head.meta.author, head.res.headers['content-type']], ['ada', 'text/plain']);
    equal((await client.getObjectMeta(ODD)).res.headers['content-length'], '5');
    await client.putMeta(ODD, { author: 'bob' });
    equal((await client.head(ODD)).meta.author, 'bob');
    await refused('NoSuchKey', () => client.get('nothing'));
  },
  async streams({ client, stream, readStream }) {
    await client.putStream('stream', stream('streamed'));
    equal(await readStream((await client.getStream('stream')).stream), 'streamed');
  },
  async appends({ client, bytes }) {
    const { nextAppendPosition } = await client.append('log', bytes('hello'));
    await client.append('log', bytes(' world'), { position: nextAppendPosition });
    equal(await text(client, 'log'), 'hello world');
    await refused('PositionNotEqualToLength', () => client.append('log', bytes('x'), { position: '3' }));
  },
  async listings({ client, bytes }) {
    for (const key of ['l/1/a', 'l/1/b', 'l/2/a', 'l/é']) await client.put(key, bytes('x'));
    const v1 = await client.list({ prefix: 'l/', 'max-keys': 3 });
    equal([v1.objects.map(({ name }) => name), v1.isTruncated], [['l/1/a', 'l/1/b', 'l/2/a'], true]);
    const rest = await client.list({ prefix: 'l/', marker: v1.nextMarker });
    equal(
      rest.objects.map(({ name }) => name),
      ['l/é'],
    );
    const v2 = await client.listV2({ prefix: 'l/', delimiter: '/', 'max-keys': '100' });
    equal([v2.prefixes, v2.objects.map(({ name }) => name)], [['l/1/', 'l/2/'], ['l/é']]);
  },
  async copies({ client }) {
    await client.copy(`copy/${ODD}`, ODD);
    equal(await text(client, `copy/${ODD}`), 'hello');
  },
  async parts({ client, file, bucket }) {
    const whole = file('0123456789'.repeat(35_000));
    const told = [];
    const options = { partSize: 110 * 1024, parallel: 3, progress: (share) => told.push(share) };
    await client.multipartUpload('big/ü 1', whole, options);
    equal([(await client.get('big/ü 1')).content.length, told.at(-1)], [350_000, 1]);
    const source = { sourceKey: 'big/ü 1', sourceBucketName: bucket };
    await client.multipartUploadCopy('big/2', source, { partSize: 110 * 1024 });
    equal((await client.get('big/2')).content.length, 350_000);
  },
  async partByPart({ client, file, bucket }) {
    const key = 'parts';
    const whole = file('a'.repeat(110_005));
    const { uploadId } = await client.initMultipartUpload(key);
    const first = await client.uploadPart(key, uploadId, 1, whole, 0, 110_000);
    const source = { sourceKey: 'big/2', sourceBucketName: bucket };
    const second = await client.uploadPartCopy(key, uploadId, 2, '0-9', source);
    equal((await client.listParts(key, uploadId)).parts.length, 2);
    equal((await client.listUploads({ prefix: key })).uploads.length, 1);
    const done = [
      { number: 1, etag: first.etag },
      { number: 2, etag: second.etag ?? second.res.headers.etag },
    ];
    await client.completeMultipartUpload(key, uploadId, done);
    equal((await client.get(key)).content.length, 110_010);
    const { uploadId: gone } = await client.initMultipartUpload(key);
    await client.abortMultipartUpload(key, gone);
    await refused('NoSuchUpload', () => client.listParts(key, gone));
  },
  async links({ client, endpoint, bucket }) {
    equal(await read(client.signatureUrl(ODD, { expires: 60 })), 'hello');
    equal(await read(await client.signatureUrlV4('GET', 60, {}, ODD)), 'hello');
    const put = await client.asyncSignatureUrl('by/link', { method: 'PUT', 'Content-Type': 'text/x' });
    const sent = await fetch(put, { method: 'PUT', body: 'linked', headers: { 'Content-Type': 'text/x' } });
    equal([sent.status, await text(client, 'by/link')], [200, 'linked']);
    await client.putACL('by/link', 'public-read');
    equal(await read(client.getObjectUrl('by/link', `${endpoint}/${bucket}`)), 'linked');
    equal(await read(client.generateObjectUrl('by/link', `${endpoint}/${bucket}/`)), 'linked');
  },
  async forms({ client, endpoint, bucket }) {
    const policy = {
      expiration: new Date(Date.now() + 60_000).toISOString(),
      conditions: [{ bucket }, ['content-length-range', 1, 100]],
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(client.calculatePostSignature(policy)))
      form.append(name, value);
    form.append('key', 'by/form');
    form.append('success_action_status', '200');
    form.append('file', new Blob(['from a form']), 'name.txt');
    equal((await fetch(`${endpoint}/${bucket}`, { method: 'POST', body: form })).status, 200);
    equal(await text(client, 'by/form'), 'from a form');
  },
  async attributes({ client }) {
    await client.putACL(ODD, 'public-read');
    equal((await client.getACL(ODD)).acl, 'public-read');
    await client.putObjectTagging(ODD, { reel: '12' });
    equal((await client.getObjectTagging(ODD)).tag, { reel: '12' });
    await client.deleteObjectTagging(ODD);
    await client.putSymlink('link', ODD);
    equal([(await client.getSymlink('link')).targetName, await text(client, 'link')], [ODD, 'hello']);
  },
  async archives({ client, bytes }) {
    await client.put('cold', bytes('c'), { headers: { 'x-oss-storage-class': 'Archive' } });
    await refused('InvalidObjectState', () => client.get('cold'));
    equal((await client.restore('cold')).res.status, 202);
  },
  async deletions({ client }) {
    await client.delete('link');
    const { objects: all } = await client.list({ 'max-keys': 1000 });
    const names = all.map(({ name }) => name);
    const { deleted } = await client.deleteMulti(names);
    equal(deleted.length, names.length);
    equal((await client.list({ 'max-keys': 1000 })).objects ?? [], []);
  },
};

const numberOf = ({ res }) => res.headers['x-oss-version-id'];

/** These come last: a bucket that keeps versions does so for ever. */
const versions = {
  async classes({ client, bucket, bytes }) {
    await client.putBucket(`${bucket}-cold`, { storageClass: 'IA' });
    equal((await client.getBucketInfo(`${bucket}-cold`)).bucket.StorageClass, 'IA');
    client.useBucket(`${bucket}-cold`);
    await client.put('key', bytes('x'));
    equal((await client.list({ 'max-keys': 1 })).objects[0].storageClass, 'IA');
    await client.delete('key');
    client.useBucket(bucket);
    await client.deleteBucket(`${bucket}-cold`);
  },
  async images({ client, bucket, bytes }) {
    const picture = Uint8Array.from(atob(PICTURE), (letter) => letter.charCodeAt(0));
    await client.put('picture', bytes(picture));
    const about = async (key) =>
      JSON.parse(new TextDecoder().decode((await client.get(key, { process: 'image/info' })).content));
    equal((await about('picture')).ImageWidth, { value: '40' });
    const link = client.signatureUrl('picture', { process: 'image/resize,m_fixed,w_9,h_7/format,jpg' });
    equal((await fetch(link)).headers.get('content-type'), 'image/jpeg');
    await client.processObjectSave('picture', ODD, 'image/resize,w_20/rotate,90', bucket);
    const { ImageWidth, ImageHeight } = await about(ODD);
    equal([ImageWidth.value, ImageHeight.value], ['10', '20']);
    await refused('InvalidArgument', () => client.get('picture', { process: 'image/slim,1' }));
    await client.put(ODD, bytes('hello'));
  },
  async limits({ client, bytes }) {
    const headers = { 'x-oss-traffic-limit': String(8 * 1024 * 1024) };
    await client.put('slow', bytes('s'.repeat(300_000)), { headers });
    equal((await client.get('slow', { headers })).content.length, 300_000);
    const link = client.signatureUrl('slow', { expires: 60, trafficLimit: 8 * 1024 * 1024 });
    equal((await read(link)).length, 300_000);
    await refused('InvalidArgument', () => client.get('slow', { headers: { 'x-oss-traffic-limit': '1' } }));
  },
  async expiry({ client, bucket }) {
    await client.putBucketLifecycle(bucket, [
      {
        id: 'old',
        prefix: '',
        status: 'Enabled',
        expiration: { expiredObjectDeleteMarker: 'true' },
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        noncurrentVersionTransition: { noncurrentDays: 12, storageClass: 'IA' },
      },
    ]);
    const [rule] = (await client.getBucketLifecycle(bucket)).rules;
    equal(
      [rule.noncurrentVersionExpiration, rule.expiration],
      [{ noncurrentDays: '30' }, { expiredObjectDeleteMarker: 'true' }],
    );
    await client.deleteBucketLifecycle(bucket);
  },
  async one({ client, bucket, bytes }) {
    await client.put('key', bytes('before'));
    await client.putBucketVersioning(bucket, 'Enabled');
    equal((await client.getBucketVersioning(bucket)).versionStatus, 'Enabled');
    const first = numberOf(await client.put('key', bytes('first')));
    const second = numberOf(await client.put('key', bytes('second')));
    const get = async (versionId) =>
      new TextDecoder().decode((await client.get('key', { versionId })).content);
    equal(
      [await get('null'), await get(first), await get(second), await text(client, 'key')],
      ['before', 'first', 'second', 'second'],
    );
    equal(numberOf(await client.head('key', { versionId: first })), first);
    equal((await client.getObjectMeta('key', { versionId: first })).res.headers['content-length'], '5');
    await client.putACL('key', 'public-read', { versionId: first });
    equal(
      [(await client.getACL('key', { versionId: first })).acl, (await client.getACL('key')).acl],
      ['public-read', 'default'],
    );
    await client.putObjectTagging('key', { take: '1' }, { versionId: first });
    equal((await client.getObjectTagging('key', { versionId: first })).tag, { take: '1' });
    await client.deleteObjectTagging('key', { versionId: first });
    const link = numberOf(await client.putSymlink('link', 'key'));
    await client.putSymlink('link', 'other');
    equal((await client.getSymlink('link', { versionId: link })).targetName, 'key');
    const back = numberOf(await client.copy('key', 'key', { versionId: first }));
    equal([await get(back), await text(client, 'key')], ['first', 'first']);
    const source = { sourceKey: 'key', sourceBucketName: bucket };
    const { uploadId } = await client.initMultipartUpload('parts');
    const part = await client.uploadPartCopy('parts', uploadId, 1, '0-3', source, { versionId: second });
    const etag = part.etag ?? part.res.headers.etag;
    await client.completeMultipartUpload('parts', uploadId, [{ number: 1, etag }]);
    equal(await text(client, 'parts'), 'seco');
    const marker = await client.delete('key');
    equal(marker.res.headers['x-oss-delete-marker'], 'true');
    await refused('NoSuchKey', () => client.get('key'));
    await refused('MethodNotAllowed', () => get(numberOf(marker)));
    await client.delete('key', { versionId: numberOf(marker) });
    await client.delete('key', { versionId: back });
    await refused('NoSuchVersion', () => get(back));
    equal(await text(client, 'key'), 'second');
  },
  async all({ client, bucket, bytes }) {
    await client.delete('key');
    const page = await client.getBucketVersions({ prefix: 'key', maxKeys: 2 });
    equal([page.isTruncated, page.nextKeyMarker, page.deleteMarker.length], [true, 'key', 1]);
    const { nextKeyMarker: keyMarker, nextVersionIdMarker: versionIdMarker } = page;
    const rest = await client.listObjectVersions({ prefix: 'key', keyMarker, versionIdMarker });
    equal(
      [...page.objects, ...rest.objects].map(({ versionId, isLatest }) => [versionId === 'null', isLatest]),
      [
        [false, false],
        [false, false],
        [true, false],
      ],
    );
    await client.putBucketVersioning(bucket, 'Suspended');
    equal(numberOf(await client.put('key', bytes('after'))), 'null');
    const everything = await client.getBucketVersions({ maxKeys: 1000 });
    const doomed = [...everything.objects, ...everything.deleteMarker];
    const { deleted } = await client.deleteMulti(
      doomed.map(({ name, versionId }) => ({ key: name, versionId })),
    );
    equal(deleted.length, doomed.length);
    const left = await client.getBucketVersions();
    equal([left.objects, left.deleteMarker], [[], []]);
  },
};

/** Names of the methods that the client has, whoever they are inherited from. */
function methodsOf(client) {
  const names = new Set();
  for (
    let kind = Object.getPrototypeOf(client);
    kind !== Object.prototype;
    kind = Object.getPrototypeOf(kind)
  ) {
    for (const name of Object.getOwnPropertyNames(kind)) {
      if (typeof client[name] === 'function' && !name.startsWith('_') && name !== 'constructor')
        names.add(name);
    }
  }
  return [...names];
}

/** Stands before the client, which stays as it is, and notes which of its methods are called. */
function recording(client, used) {
  return new Proxy(client, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function') return value;
      used.push(name);
      return value.bind(target);
    },
  });
}

/**
 * Runs all checks. `place` has the client, its bucket and endpoint, and how bytes, files and streams are made there;
 * checks that need something which the place lacks are left out.
 */
export async function runChecks(place) {
  const outcomes = Object.fromEntries(methodsOf(place.client).map((name) => [name, 'not used']));
  for (const [name, check] of Object.entries({ ...buckets, ...objects, ...versions })) {
    if (place.without?.includes(name)) continue;
    const used = [];
    let failure;
    try {
      await check({ ...place, client: recording(place.client, used) });
    } catch (error) {
      failure = `${name}: ${error.stack ?? error}`;
    }
    // Where the first method is not to be had at all, the check itself is what failed.
    const failed = failure === undefined ? undefined : (used.pop() ?? name);
    for (const method of used) if (outcomes[method] === 'not used') outcomes[method] = 'passed';
    if (failed !== undefined) outcomes[failed] = failure;
  }
  return outcomes;
}
