import { beforeEach, describe, expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { textOf, type TestResponse } from '../signed-request.ts';
import { bob } from '../temporary-gateway.ts';

const at = useGateway();
const codeOf = ({ status, body }: TestResponse) => [status, textOf(body, 'Code')];
const UNKNOWN = '0'.repeat(32);
const setStatus = (status: string) =>
  at.bucket('PUT', {
    query: [['versioning', '']],
    body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
  });
const put = async (body: string, key = 'key') => versionOf(await at.object('PUT', { key, body }));
const versionOf = ({ headers }: TestResponse) => headers['x-oss-version-id'] ?? 'none';
const of = (versionId: string, ...more: [string, string][]) => ({
  query: [...more, ['versionId', versionId] as const] as const,
});
const bodyOf = async (versionId: string) => (await at.object('GET', of(versionId))).body;
const listed = async (...query: [string, string][]) =>
  (await at.bucket('GET', { query: [['versions', ''], ...query] })).body;

const remove = (objects: string, quiet = '') =>
  at.bucket('POST', { query: [['delete', '']], body: `<Delete>${quiet}${objects}</Delete>` });
const object = (key: string, versionId = '') =>
  `<Object><Key>${key}</Key>${versionId === '' ? '' : `<VersionId>${versionId}</VersionId>`}</Object>`;
const policy = (...actions: string[]) =>
  at.bucket('PUT', {
    query: [['policy', '']],
    body: JSON.stringify({
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Principal: [bob.owner],
          Action: actions,
          Resource: ['acs:oss:*:*:pictures', 'acs:oss:*:*:pictures/*'],
        },
      ],
    }),
  });
const asBob = async (method: string, versionId?: string) =>
  (await at.object(method, { account: bob, ...(versionId !== undefined && of(versionId)) })).status;
const listAsBob = async () => (await at.bucket('GET', { account: bob, query: [['versions', '']] })).status;
const refused = async (...query: [string, string][]) =>
  codeOf(await at.bucket('GET', { query: [['versions', ''], ...query] }));

describe('a bucket without versions', () => {
  test('says so, names none in its answers, and lists its objects as the version null', async () => {
    expect((await at.bucket('GET', { query: [['bucketInfo', '']] })).body).not.toContain('Versioning');
    for (const method of ['PUT', 'GET', 'HEAD', 'DELETE']) {
      const { headers } = await at.object(method, { key: 'new', ...(method === 'PUT' && { body: 'x' }) });
      expect(headers).not.toHaveProperty('x-oss-version-id');
    }
    expect(textOf(await listed(), 'VersionId')).toBe('null');
    expect(await bodyOf('null')).toBe('0123456789');
    expect(codeOf(await at.object('GET', of(UNKNOWN)))).toEqual([404, 'NoSuchVersion']);
  });

  test('can be made to keep them, by its owner, in one of two ways', async () => {
    expect(codeOf(await setStatus('Disabled'))).toEqual([400, 'MalformedXML']);
    expect(codeOf(await at.bucket('PUT', { query: [['versioning', '']], body: '<x/>' }))).toEqual([
      400,
      'MalformedXML',
    ]);
    const other = await at.bucket('PUT', { query: [['versioning', '']], account: bob, body: '<x/>' });
    expect(other.status).toBe(403);
    for (const status of ['Enabled', 'Suspended']) {
      expect((await setStatus(status)).status).toBe(200);
      expect(textOf((await at.bucket('GET', { query: [['versioning', '']] })).body, 'Status')).toBe(status);
      expect(textOf((await at.bucket('GET', { query: [['bucketInfo', '']] })).body, 'Versioning')).toBe(
        status,
      );
    }
  });
});

describe('a bucket with versions', () => {
  beforeEach(async () => {
    await setStatus('Enabled');
  });

  test('names the version in every answer about an object', async () => {
    expect(versionOf(await at.object('HEAD'))).toBe('null');
    const first = await put('first');
    const second = await put('second');
    const about: [string, string][][] = [[], [['objectMeta', '']], [['acl', '']], [['tagging', '']]];
    for (const query of about) {
      for (const versionId of [first, second]) {
        const answer = await at.object('GET', { query: [...query, ['versionId', versionId]] });
        expect([answer.status, versionOf(answer)]).toEqual([200, versionId]);
      }
      expect(versionOf(await at.object('GET', { query }))).toBe(second);
    }
    expect([await bodyOf(first), await bodyOf('null')]).toEqual(['first', '0123456789']);
    const range = { headers: { range: 'bytes=0-2' }, ...of(first) };
    expect(await at.object('GET', range)).toMatchObject({ status: 206, body: 'fir' });
  });

  test('keeps ACL, tags and restoration of each version apart', async () => {
    const headers = { 'x-oss-storage-class': 'Archive' };
    const first = versionOf(await at.object('PUT', { body: 'first', headers }));
    const second = await put('second');
    const acl = { headers: { 'x-oss-object-acl': 'public-read' }, ...of(first, ['acl', '']) };
    expect(versionOf(await at.object('PUT', acl))).toBe(first);
    expect(codeOf(await at.object('GET', { account: undefined, ...of(first) }))).toEqual([
      403,
      'InvalidObjectState',
    ]);
    expect((await at.object('POST', of(first, ['restore', '']))).status).toBe(202);
    expect((await at.object('GET', { account: undefined, ...of(first) })).body).toBe('first');
    expect((await at.object('GET', { account: undefined, ...of(second) })).status).toBe(403);
    const tags = '<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>';
    await at.object('PUT', { ...of(first, ['tagging', '']), body: tags });
    expect((await at.object('HEAD', of(first))).headers['x-oss-tagging-count']).toBe('1');
    expect((await at.object('HEAD')).headers).not.toHaveProperty('x-oss-tagging-count');
    const untagged = await at.object('DELETE', of(first, ['tagging', '']));
    expect([untagged.status, versionOf(untagged)]).toEqual([204, first]);
    expect((await at.object('HEAD', of(first))).headers).not.toHaveProperty('x-oss-tagging-count');
    expect(await bodyOf(first)).toBe('first');
  });

  test('hides what is deleted, and tells by what', async () => {
    const first = await put('first');
    const deleted = await at.object('DELETE');
    const marker = versionOf(deleted);
    expect([deleted.status, deleted.headers['x-oss-delete-marker']]).toEqual([204, 'true']);
    const hidden = { 'x-oss-delete-marker': 'true', 'x-oss-version-id': marker };
    for (const query of [[], [['objectMeta', '']], [['acl', '']], [['tagging', '']]] as [
      string,
      string,
    ][][]) {
      const answer = await at.object('GET', { query });
      expect([...codeOf(answer), answer.headers]).toMatchObject([404, 'NoSuchKey', hidden]);
      const named = await at.object('GET', { query: [...query, ['versionId', marker]] });
      expect([...codeOf(named), named.headers]).toMatchObject([
        405,
        'MethodNotAllowed',
        { ...hidden, allow: 'DELETE' },
      ]);
      expect([textOf(named.body, 'Method'), textOf(named.body, 'ResourceType')]).toEqual([
        'GET',
        'DeleteMarker',
      ]);
    }
    expect((await at.object('HEAD')).headers).toMatchObject(hidden);
    expect(await at.keys()).toEqual([]);
    const gone = await at.object('DELETE', of(marker));
    expect([gone.status, gone.headers]).toMatchObject([204, hidden]);
    expect((await at.object('GET')).body).toBe('first');
    const last = await at.object('DELETE', of(first));
    expect([last.status, versionOf(last)]).toEqual([204, first]);
    expect(last.headers).not.toHaveProperty('x-oss-delete-marker');
    const missing = await at.object('GET', of(first));
    expect([...codeOf(missing), textOf(missing.body, 'VersionId')]).toEqual([404, 'NoSuchVersion', first]);
  });

  test('copies old versions, back onto their key or elsewhere, but no delete marker', async () => {
    const first = await put('first');
    await put('second');
    const marker = versionOf(await at.object('DELETE'));
    const copy = (source: string, key = 'key') =>
      at.object('PUT', { key, headers: { 'x-oss-copy-source': source } });
    const back = await copy(`/pictures/key?versionId=${first}`);
    expect(back.headers['x-oss-copy-source-version-id']).toBe(first);
    expect([versionOf(back) === first, await bodyOf(versionOf(back))]).toEqual([false, 'first']);
    expect(codeOf(await copy(`/pictures/key?versionId=${marker}`, 'copy'))).toEqual([404, 'NoSuchKey']);
    expect(codeOf(await copy(`/pictures/key?versionId=${UNKNOWN}`, 'copy'))).toEqual([404, 'NoSuchVersion']);
    expect(codeOf(await copy('/pictures/key?versionId=%25%25', 'copy'))).toEqual([400, 'InvalidArgument']);
    const { body } = await at.object('POST', { key: 'parts', query: [['uploads', '']] });
    const uploadId = textOf(body, 'UploadId') ?? '';
    const part = await at.object('PUT', {
      key: 'parts',
      query: [
        ['partNumber', '1'],
        ['uploadId', uploadId],
      ],
      headers: {
        'x-oss-copy-source': `/pictures/key?versionId=${first}`,
        'x-oss-copy-source-range': 'bytes=1-2',
      },
    });
    expect([part.status, part.headers['x-oss-copy-source-version-id']]).toEqual([200, first]);
    const complete = await at.object('POST', {
      key: 'parts',
      query: [['uploadId', uploadId]],
      headers: { 'x-oss-complete-all': 'yes' },
    });
    expect((await at.object('GET', { key: 'parts', ...of(versionOf(complete)) })).body).toBe('ir');
  });

  test('keeps versions of links, which lead to what their target is now', async () => {
    const link = (target: string) =>
      at.object('PUT', {
        key: 'link',
        query: [['symlink', '']],
        headers: { 'x-oss-symlink-target': target },
      });
    const first = versionOf(await link('key'));
    const second = versionOf(await link('other'));
    const target = async (versionId: string) =>
      (await at.object('GET', { key: 'link', ...of(versionId, ['symlink', '']) })).headers[
        'x-oss-symlink-target'
      ];
    expect([await target(first), await target(second)]).toEqual(['key', 'other']);
    await put('newest');
    expect(await at.object('GET', { key: 'link', ...of(first) })).toMatchObject({
      body: 'newest',
      headers: { 'x-oss-version-id': first },
    });
  });

  test('appends to the latest version only, without making another', async () => {
    const append = (position: number, body: string, ...query: [string, string][]) =>
      at.object('POST', {
        key: 'log',
        query: [['append', ''], ['position', String(position)], ...query],
        body,
      });
    const first = versionOf(await append(0, 'abc'));
    expect([first === 'null', versionOf(await append(3, 'def'))]).toEqual([false, first]);
    expect(codeOf(await append(6, 'x', ['versionId', first]))).toEqual([400, 'InvalidArgument']);
    await put('normal', 'log');
    expect(codeOf(await append(6, 'x'))).toEqual([409, 'ObjectNotAppendable']);
    expect((await at.object('GET', { key: 'log', ...of(first) })).body).toBe('abcdef');
  });

  test('overwrites nothing, so that x-oss-forbid-overwrite has nothing to forbid', async () => {
    const headers = { 'x-oss-forbid-overwrite': 'true' };
    expect((await at.object('PUT', { body: 'x', headers })).status).toBe(200);
  });

  test.each(['', '%', '234', 'a'.repeat(32), '0'.repeat(33)])(
    'refuses the version id %j',
    async (versionId) => {
      for (const method of ['GET', 'HEAD', 'DELETE']) {
        expect((await at.object(method, of(versionId))).status).toBe(400);
      }
    },
  );

  test('takes no notice of a version where there cannot be one', async () => {
    expect((await at.object('POST', of('234', ['uploads', '']))).status).toBe(200);
    expect((await at.bucket('GET', of('234'))).status).toBe(200);
  });

  test('is not empty, and not to be deleted, as long as a version or a delete marker is left', async () => {
    const first = await put('first');
    const marker = versionOf(await at.object('DELETE'));
    for (const versionId of ['null', first, marker]) {
      expect(codeOf(await at.bucket('DELETE'))).toEqual([409, 'BucketNotEmpty']);
      await at.object('DELETE', of(versionId));
    }
    expect((await at.bucket('DELETE')).status).toBe(204);
  });

  test('replaces the version null alone while versions are suspended', async () => {
    const first = await put('first');
    await setStatus('Suspended');
    expect(await put('a')).toBe('null');
    expect(await put('b')).toBe('null');
    expect(versionOf(await at.object('DELETE'))).toBe('null');
    expect(codeOf(await at.object('GET'))).toEqual([404, 'NoSuchKey']);
    expect([await bodyOf(first), (await listed()).match(/<VersionId>/g)?.length]).toEqual(['first', 2]);
  });
});

describe('deleting many at once', () => {
  test('tells of each version and delete marker what became of it', async () => {
    await setStatus('Enabled');
    const first = await put('first');
    const hidden = (await remove(object('key') + object('absent'))).body;
    const [marker = '', other = ''] = [
      ...hidden.matchAll(/<DeleteMarkerVersionId>(\w+)<\/DeleteMarkerVersionId>/g),
    ].map(([, id]) => id);
    expect(hidden.match(/<DeleteMarker>true<\/DeleteMarker>/g)).toHaveLength(2);
    expect(hidden).not.toContain('<VersionId>');
    const gone = (await remove(object('key', marker) + object('key', first) + object('absent', other))).body;
    expect(gone).toContain(
      `<Deleted><Key>key</Key><VersionId>${marker}</VersionId><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>${marker}</DeleteMarkerVersionId></Deleted>`,
    );
    expect(gone).toContain(`<Deleted><Key>key</Key><VersionId>${first}</VersionId></Deleted>`);
    expect((await at.object('GET')).body).toBe('0123456789');
    expect(codeOf(await remove(object('key', '234')))).toEqual([400, 'InvalidArgument']);
    expect((await remove(object('key', 'null'), '<Quiet>true</Quiet>')).body).toBe('');
    expect((await at.bucket('DELETE')).status).toBe(204);
  });

  test('tells of nothing but keys in a bucket without versions', async () => {
    expect((await remove(object('key'))).body).toContain('<Deleted><Key>key</Key></Deleted>');
  });
});

describe('the list of versions', () => {
  test('is sorted, paged and encoded as it is asked for', async () => {
    await setStatus('Enabled');
    const first = await put('1', 'a b');
    const second = await put('22', 'a b');
    const marker = versionOf(await at.object('DELETE', { key: 'a b' }));
    await put('x', 'dir/x');
    const page = await listed(['max-keys', '2'], ['encoding-type', 'url']);
    expect(page).toMatch(/<DeleteMarker><Key>a%20b<\/Key>.*<Version><Key>a%20b<\/Key>/s);
    expect(page).toContain(`<VersionId>${marker}</VersionId><IsLatest>true</IsLatest>`);
    expect(page).toContain(`<VersionId>${second}</VersionId><IsLatest>false</IsLatest>`);
    expect(page).toMatch(/<Type>Normal<\/Type><Size>2<\/Size><StorageClass>Standard<\/StorageClass><Owner>/);
    expect(['IsTruncated', 'NextKeyMarker', 'NextVersionIdMarker'].map((name) => textOf(page, name))).toEqual(
      ['true', 'a%20b', second],
    );
    const rest = await listed(['key-marker', 'a b'], ['version-id-marker', second], ['delimiter', '/']);
    expect([...rest.matchAll(/<VersionId>(\w+)</g)].map(([, id]) => id)).toEqual([first, 'null']);
    expect(rest).toContain('<CommonPrefixes><Prefix>dir/</Prefix></CommonPrefixes>');
    expect(rest).toContain('<IsTruncated>false</IsTruncated>');
    expect(rest).not.toContain('<NextKeyMarker>');
  });

  test('needs a key before a version, and a size that a page may have', async () => {
    const invalid = [400, 'InvalidArgument'];
    expect(await refused(['version-id-marker', 'abc'])).toEqual(invalid);
    expect(await refused(['key-marker', 'a'], ['version-id-marker', '%'])).toEqual(invalid);
    expect(await refused(['max-keys', '1001'])).toEqual(invalid);
    for (const name of ['prefix', 'delimiter', 'key-marker']) {
      expect(await refused([name, 'a'.repeat(1024)])).toEqual(invalid);
    }
    expect(await refused(['encoding-type', 'x'])).toEqual(invalid);
  });
});

describe('who may use versions', () => {
  test('a policy says so of the past and of the present one by one', async () => {
    await setStatus('Enabled');
    const first = await put('first');
    await policy('oss:GetObject', 'oss:DeleteObject', 'oss:ListObjects');
    expect([await asBob('GET'), await asBob('GET', first), await asBob('DELETE', first)]).toEqual([
      200, 403, 403,
    ]);
    expect(await listAsBob()).toBe(403);
    await policy('oss:GetObjectVersion', 'oss:DeleteObjectVersion', 'oss:ListObjectVersions');
    expect([await listAsBob(), await asBob('GET', first), await asBob('DELETE', first)]).toEqual([
      200, 200, 204,
    ]);
    expect(await asBob('DELETE')).toBe(403);
  });

  test('an ACL that lets everybody write lets nobody destroy versions', async () => {
    await setStatus('Enabled');
    const first = await put('first');
    await at.bucket('PUT', { query: [['acl', '']], headers: { 'x-oss-acl': 'public-read-write' } });
    expect([await asBob('GET', first), await asBob('DELETE', first), await asBob('DELETE')]).toEqual([
      200, 403, 204,
    ]);
    const many = `<Delete><Object><Key>key</Key><VersionId>${first}</VersionId></Object></Delete>`;
    const answer = await at.bucket('POST', { query: [['delete', '']], account: bob, body: many });
    expect(answer.status).toBe(403);
  });

  test('a limited key sees and hides what is in its places, and destroys nothing', async () => {
    await setStatus('Enabled');
    const first = await put('first');
    const limited = {
      id: 'LIMITED',
      secret: 'secret',
      owner: '1001',
      grants: [{ bucket: 'pictures', prefix: '', access: 'write' as const }],
    };
    at.gateway.keys.set(limited.id, limited);
    const as = { account: limited };
    expect((await at.bucket('GET', { ...as, query: [['versions', '']] })).status).toBe(200);
    expect((await at.object('GET', { ...as, ...of(first) })).status).toBe(200);
    expect((await at.object('DELETE', { ...as, ...of(first) })).status).toBe(403);
    const many = `<Delete><Object><Key>key</Key><VersionId>${first}</VersionId></Object></Delete>`;
    expect((await at.bucket('POST', { ...as, query: [['delete', '']], body: many })).status).toBe(403);
    expect((await at.object('DELETE', as)).status).toBe(204);
    expect(await bodyOf(first)).toBe('first');
  });
});
