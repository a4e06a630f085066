import { describe, expect, test } from 'vitest';
import { makeClient } from '../clients/make-client.ts';
import { useGateway } from '../gateway-fixture.ts';
import { textOf } from '../signed-request.ts';
import { ada, bob } from '../temporary-gateway.ts';

const at = useGateway();
const codeOf = (answer: { status: number; body: string }) => [answer.status, textOf(answer.body, 'Code')];
const client = () =>
  makeClient({
    accessKeyId: ada.id,
    accessKeySecret: ada.secret,
    endpoint: `http://localhost:${at.gateway.port}`,
    bucket: 'pictures',
    sldEnable: true,
  });

const setAcl = (acl: string) =>
  at.object('PUT', { query: [['acl', '']], headers: { 'x-oss-object-acl': acl } });
const putWith = (headers: Record<string, string>) => at.object('PUT', { key: 'k', body: 'x', headers });
const putTags = (key: string) =>
  at.object('PUT', {
    query: [['tagging', '']],
    body: `<Tagging><TagSet><Tag><Key>${key}</Key><Value>+-=._:/ 大</Value></Tag></TagSet></Tagging>`,
  });
const tagsOf = async (key: string) => (await client().getObjectTagging(key)).tag;

const restoreIn = (tier: string) =>
  at.object('POST', {
    key: 'k',
    query: [['restore', '']],
    body: `<RestoreRequest><Days>2</Days><JobParameters><Tier>${tier}</Tier></JobParameters></RestoreRequest>`,
  });

describe("an object's ACL", () => {
  const anonymous = { account: undefined };

  test('goes before that of the bucket, both ways', async () => {
    expect((await at.object('GET', anonymous)).status).toBe(403);
    expect((await setAcl('public-read')).status).toBe(200);
    expect((await at.object('GET', anonymous)).status).toBe(200);
    expect((await at.object('PUT', { ...anonymous, body: 'x' })).status).toBe(403);
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    expect((await at.object('PUT', { ...anonymous, key: 'new', body: 'x' })).status).toBe(200);
    expect((await setAcl('private')).status).toBe(200);
    expect((await at.object('GET', anonymous)).status).toBe(403);
    expect((await setAcl('default')).status).toBe(200);
    expect((await at.object('GET', anonymous)).status).toBe(200);
    expect((await setAcl('everybody')).status).toBe(400);
  });

  test('is set with the object or later, read back, and is the owner’s business', async () => {
    await client().put('key', Buffer.from('x'), { headers: { 'x-oss-object-acl': 'public-read' } });
    expect((await client().getACL('key')).acl).toBe('public-read');
    await client().putACL('key', 'default');
    expect((await client().getACL('key')).acl).toBe('default');
    expect((await at.object('GET', { account: bob, query: [['acl', '']] })).status).toBe(403);
  });

  test('a batch deletes nothing that an ACL protects', async () => {
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    await setAcl('private');
    const body = '<Delete><Object><Key>other</Key></Object><Object><Key>key</Key></Object></Delete>';
    expect((await at.bucket('POST', { ...anonymous, query: [['delete', '']], body })).status).toBe(403);
    expect(await at.keys()).toEqual(['key']);
  });
});

describe('symlinks', () => {
  test("GET and HEAD give the target's bytes under the link's own metadata", async () => {
    await client().putSymlink('link', 'dir/t é', { storageClass: 'Standard', meta: { own: 'link' } });
    await client().put('dir/t é', Buffer.from('hello'), {
      mime: 'text/x',
      meta: { own: 'target', uid: 1, pid: 2 },
    });
    const { content, res } = await client().get('link');
    expect(content.toString()).toBe('hello');
    const target = await client().head('dir/t é');
    expect(res.headers).toMatchObject({
      'x-oss-object-type': 'Symlink',
      'x-oss-meta-own': 'link',
      'content-type': 'text/x',
      etag: Object.getOwnPropertyDescriptor(target.res.headers, 'etag')?.value,
    });
    const head = await at.object('HEAD', { key: 'link' });
    expect(head.headers).toMatchObject({ 'content-length': '5', 'x-oss-object-type': 'Symlink' });
    expect((await client().getSymlink('link')).targetName).toBe('dir/t é');
    const range = await at.object('GET', { key: 'link', headers: { range: 'bytes=1-2' } });
    expect([range.status, range.body, range.headers['content-range']]).toEqual([206, 'el', 'bytes 1-2/5']);
  });

  test('that lead nowhere, to a link, or are none, say so', async () => {
    const link = (key: string, target: string) =>
      at.object('PUT', { key, query: [['symlink', '']], headers: { 'x-oss-symlink-target': target } });
    await link('dangling', 'nothing');
    await link('twice', 'dangling');
    expect(codeOf(await at.object('GET', { key: 'dangling' }))).toEqual([404, 'SymlinkTargetNotExist']);
    expect(codeOf(await at.object('GET', { key: 'twice' }))).toEqual([400, 'InvalidTargetType']);
    expect(codeOf(await at.object('GET', { query: [['symlink', '']] }))).toEqual([400, 'NotSymlink']);
    expect(codeOf(await link('self', 'self'))).toEqual([400, 'InvalidArgument']);
    expect(codeOf(await at.object('PUT', { key: 'l', query: [['symlink', '']] }))[0]).toBe(400);
  });

  test('open no private object to whoever may read the link', async () => {
    const headers = { 'x-oss-symlink-target': 'key', 'x-oss-object-acl': 'public-read' };
    await at.object('PUT', { key: 'link', query: [['symlink', '']], headers });
    expect((await at.object('GET', { key: 'link', account: undefined })).status).toBe(403);
    expect((await at.object('HEAD', { key: 'link', account: undefined })).status).toBe(403);
  });

  test('stay links when they are copied', async () => {
    await client().putSymlink('link', 'key', { storageClass: 'Standard' });
    await client().copy('copy', 'link');
    expect((await client().getSymlink('copy')).targetName).toBe('key');
  });
});

describe('the ACL of an upload in parts', () => {
  test('may be said at its end', async () => {
    const headers = { 'x-oss-object-acl': 'public-read' };
    const started = await at.object('POST', { key: 'parts', query: [['uploads', '']], headers });
    const query = [['uploadId', textOf(started.body, 'UploadId') ?? ''] as const];
    const end = { 'x-oss-complete-all': 'yes', 'x-oss-object-acl': 'private' };
    const both = await at.object('POST', {
      key: 'parts',
      query,
      headers: end,
      body: '<CompleteMultipartUpload/>',
    });
    expect(textOf(both.body, 'Message')).toBe('Should not speficy both complete all header and http body.');
    await at.object('POST', { key: 'parts', query, headers: end });
    const { body } = await at.object('GET', { key: 'parts', query: [['acl', '']] });
    expect(textOf(body, 'Grant')).toBe('private');
  });
});

describe('the ACL of an appendable object', () => {
  // The vendor's own tests of its Go SDK expect this, and that metadata stays.
  test('is that of the last append that names one, while metadata stays', async () => {
    const append = (position: number, headers: Record<string, string>) =>
      at.object('POST', {
        key: 'log',
        query: [['append', ''] as const, ['position', String(position)] as const],
        body: 'x',
        headers,
      });
    const acl = async () =>
      textOf((await at.object('GET', { key: 'log', query: [['acl', '']] })).body, 'Grant');
    await append(0, { 'x-oss-object-acl': 'public-read-write', 'x-oss-meta-my': 'first' });
    await append(1, { 'x-oss-object-acl': 'public-read', 'x-oss-meta-my': 'second' });
    expect(await acl()).toBe('public-read');
    await append(2, {});
    expect(await acl()).toBe('public-read');
    await append(3, { 'x-oss-object-acl': 'default' });
    expect(await acl()).toBe('default');
    // What is not looked at cannot be wrong.
    const ignored = { 'x-oss-tagging': 'a=1&a=2', 'x-oss-server-side-encryption': 'KMS' };
    expect((await append(4, ignored)).status).toBe(200);
    expect((await append(9, { 'x-oss-object-acl': 'public-read' })).status).toBe(409);
    expect(await acl()).toBe('default');
    expect((await at.object('HEAD', { key: 'log' })).headers['x-oss-meta-my']).toBe('first');
  });
});

describe('tags of an object', () => {
  test('are put, counted, read and deleted', async () => {
    const tags = { colour: 'red + blue', shape: 'round/1' };
    await client().putObjectTagging('key', tags);
    expect((await client().getObjectTagging('key')).tag).toEqual(tags);
    expect((await at.object('HEAD')).headers['x-oss-tagging-count']).toBe('2');
    await client().deleteObjectTagging('key');
    expect((await client().getObjectTagging('key')).tag).toEqual({});
    expect((await at.object('HEAD')).headers).not.toHaveProperty('x-oss-tagging-count');
  });

  test('have letters of any language, digits, and few signs', async () => {
    for (const wrong of ['a%26=1', 'a=%25', 'a%40=', 'a=%22']) {
      expect(codeOf(await putWith({ 'x-oss-tagging': wrong }))).toEqual([400, 'InvalidTag']);
    }
    expect((await putTags('Größe 1')).status).toBe(200);
    expect(await tagsOf('key')).toEqual({ 'Größe 1': '+-=._:/ 大' });
    expect(codeOf(await putTags('a&amp;b'))).toEqual([400, 'InvalidTag']);
    await at.gateway.store.setAttributes('pictures', 'key', { tagging: 'a%26=1' });
    expect((await at.object('HEAD')).headers['x-oss-tagging-count']).toBe('1');
  });

  test('come with the object, with an upload in parts, and are copied unless replaced', async () => {
    const headers = { 'x-oss-tagging': 'a=1&b=' };
    await at.object('PUT', { key: 'put', body: 'x', headers });
    const started = await at.object('POST', { key: 'parts', query: [['uploads', '']], headers });
    const upload = ['uploadId', textOf(started.body, 'UploadId') ?? ''] as const;
    await at.object('PUT', { key: 'parts', query: [['partNumber', '1'], upload], body: 'x' });
    const all = { 'x-oss-complete-all': 'yes' };
    expect((await at.object('POST', { key: 'parts', query: [upload], headers: all })).status).toBe(200);
    const source = { 'x-oss-copy-source': '/pictures/put' };
    await at.object('PUT', { key: 'copied', headers: source });
    const replaced = { ...source, 'x-oss-tagging-directive': 'Replace', 'x-oss-tagging': 'c=3' };
    await at.object('PUT', { key: 'replaced', headers: replaced });
    expect(await Promise.all(['put', 'parts', 'copied', 'replaced'].map(tagsOf))).toEqual([
      { a: '1', b: '' },
      { a: '1', b: '' },
      { a: '1', b: '' },
      { c: '3' },
    ]);
  });

  test('that are not valid leave everything as it was', async () => {
    const answer = await at.object('PUT', { body: 'new', headers: { 'x-oss-tagging': '=x' } });
    expect(codeOf(answer)).toEqual([400, 'InvalidTag']);
    const body = '<Tagging><TagSet><Tag><Key/></Tag></TagSet></Tagging>';
    expect((await at.object('PUT', { query: [['tagging', '']], body })).status).toBe(400);
    expect((await at.object('GET')).body).toBe('0123456789');
  });
});

describe('archived objects', () => {
  test('are read after they were restored, for as long as was asked', async () => {
    const headers = { 'x-oss-storage-class': 'Archive' };
    await at.object('PUT', { key: 'cold', body: 'ice', headers });
    expect(codeOf(await at.object('GET', { key: 'cold' }))).toEqual([403, 'InvalidObjectState']);
    const copy = { 'x-oss-copy-source': '/pictures/cold' };
    expect((await at.object('PUT', { key: 'copy', headers: copy })).status).toBe(403);
    const restore = () =>
      at.object('POST', {
        key: 'cold',
        query: [['restore', '']],
        body: '<RestoreRequest><Days>2</Days></RestoreRequest>',
      });
    expect((await restore()).status).toBe(202);
    expect((await restore()).status).toBe(200);
    expect((await at.object('GET', { key: 'cold' })).body).toBe('ice');
    const shown = (await at.object('HEAD', { key: 'cold' })).headers;
    expect(shown['x-oss-storage-class']).toBe('Archive');
    const [, until = ''] =
      /^ongoing-request="false", expiry-date="(.*)"$/.exec(shown['x-oss-restore'] ?? '') ?? [];
    expect(Date.parse(until)).toBeGreaterThan(Date.now());
    expect(textOf((await at.bucket('GET')).body, 'RestoreInfo')).toContain(until);
    expect(codeOf(await at.object('POST', { query: [['restore', '']] }))).toEqual([
      400,
      'OperationNotSupported',
    ]);
  });

  test('may be asked for in a hurry if they are colder than Archive', async () => {
    await putWith({ 'x-oss-storage-class': 'ColdArchive' });
    const hurried = await restoreIn('Expedited');
    expect([hurried.status, hurried.headers['x-oss-object-restore-priority']]).toEqual([202, 'Expedited']);
    expect(codeOf(await restoreIn('Tomorrow'))).toEqual([400, 'InvalidArgument']);
    await putWith({ 'x-oss-storage-class': 'Archive' });
    expect(codeOf(await restoreIn('Bulk'))).toEqual([400, 'MalformedXML']);
    expect((await restoreIn('Standard')).status).toBe(202);
  });

  test('a storage class that is none, and keys of a key server, are refused', async () => {
    expect((await putWith({ 'x-oss-storage-class': 'Cheap' })).status).toBe(400);
    expect((await putWith({ 'x-oss-server-side-encryption': 'KMS' })).status).toBe(501);
    expect((await putWith({ 'x-oss-server-side-encryption': 'ROT13' })).status).toBe(400);
    const fine = await putWith({ 'x-oss-server-side-encryption': 'AES256' });
    expect([fine.status, fine.headers['x-oss-server-side-encryption']]).toEqual([200, 'AES256']);
  });
});
