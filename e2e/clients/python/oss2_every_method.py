"""Uses every method and helper of oss2 that this store serves, with each signature, and says how each of them went.

Writes /case/result.json: {signature: {method: "passed" | "not used" | what went wrong}}.
"""
import base64
import json
import os
import time
import traceback

import oss2
import requests
from oss2.models import (
    OSS_TRAFFIC_LIMIT, BatchDeleteObjectVersion, BatchDeleteObjectVersionList, BucketCors,
    BucketCreateConfig, BucketLifecycle, BucketLogging, BucketReferer, BucketVersioningConfig,
    BucketWebsite, CorsRule, LifecycleExpiration, LifecycleRule, NoncurrentVersionExpiration,
    NoncurrentVersionStorageTransition, PartInfo, ServerSideEncryptionRule, Tagging, TaggingRule)

ENDPOINT = os.environ["OSS"]
KEY = (os.environ["ACCESS_KEY_ID"], os.environ["ACCESS_KEY_SECRET"])
# A PNG of 40 x 20 pixels.
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAMAAADImI+JAAAAA1BMVEX/AAAZ4gk3AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQo"
    "kWNgGAWjYBQwkAAAAzQAAWANf2kAAAAASUVORK5CYII=")
ODD = "dir/a b+c!'()*~é%25&x=y?#.txt"

SIGNATURES = {
    "v1": (oss2.Auth, oss2.ProviderAuth, {}),
    "v2": (oss2.AuthV2, oss2.ProviderAuthV2, {}),
    "v4": (oss2.AuthV4, oss2.ProviderAuthV4, {"region": "cn-hangzhou"}),
}
HELPERS = [
    "Auth", "AuthV2", "AuthV4", "ProviderAuth", "ProviderAuthV2", "ProviderAuthV4", "AnonymousAuth",
    "BucketIterator", "ObjectIterator", "ObjectIteratorV2", "MultipartUploadIterator", "ObjectUploadIterator",
    "PartIterator", "resumable_upload", "resumable_download", "ResumableStore", "ResumableDownloadStore",
    "SizedFileAdapter", "determine_part_size", "CryptoBucket", "RsaProvider",
]

checks = []


def check(function):
    checks.append(function)
    return function


def methods_of(kind):
    return [name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))]


class Recorder:
    """Stands before a client object, which stays as it is, and notes which of its methods are called."""

    def __init__(self, target, kind, used):
        self._target, self._kind, self._used = target, kind, used

    def __getattr__(self, name):
        value = getattr(self._target, name)
        if callable(value):
            self._used.append(f"{self._kind}.{name}")
        return value


class Session:
    def __init__(self, signature):
        self.signature = signature
        self.make_auth, self.make_provider_auth, self.options = SIGNATURES[signature]
        self.auth = self.make_auth(*KEY)
        self.used = [type(self.auth).__name__]
        self.name = f"every-method-{signature}"
        self.raw = oss2.Bucket(self.auth, ENDPOINT, self.name, **self.options)
        self.bucket = Recorder(self.raw, "Bucket", self.used)
        self.service = Recorder(oss2.Service(self.auth, ENDPOINT, **self.options), "Service", self.used)

    def other(self, name, auth=None):
        return oss2.Bucket(auth or self.auth, ENDPOINT, name, **self.options)

    def helper(self, name):
        self.used.append(name)
        return getattr(oss2, name)


def refused(error, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except error as found:
        assert len(found.request_id) == 24, found
        return found
    raise AssertionError(f"{error} was not raised")


def equal(found, wanted):
    assert found == wanted, f"{found!r} is not {wanted!r}"


@check
def buckets(s):
    s.bucket.create_bucket()
    s.bucket.create_bucket(oss2.BUCKET_ACL_PRIVATE)
    listed = s.service.list_buckets(prefix=s.name)
    equal([(bucket.name, bucket.location) for bucket in listed.buckets], [(s.name, "oss-local")])
    assert listed.buckets[0].extranet_endpoint and listed.buckets[0].intranet_endpoint
    assert s.name in [bucket.name for bucket in s.helper("BucketIterator")(s.service, max_keys=1)]
    info = s.bucket.get_bucket_info()
    equal((info.name, info.acl.grant, info.storage_class), (s.name, "private", "Standard"))
    equal(s.bucket.get_bucket_location().location, "oss-local")
    equal(s.bucket.get_bucket_stat().object_count, 0)
    assert not s.bucket.get_bucket_versioning().status
    equal(s.bucket.list_live_channel().channels, [])
    s.bucket.put_bucket_acl(oss2.BUCKET_ACL_PUBLIC_READ)
    equal(s.bucket.get_bucket_acl().acl, "public-read")
    s.bucket.put_bucket_acl(oss2.BUCKET_ACL_PRIVATE)
    refused(oss2.exceptions.NoSuchBucket, s.other("is-not-there").get_bucket_info)


@check
def objects(s):
    put = s.bucket.put_object(ODD, "hello", headers={"x-oss-meta-a": "v", "Content-Type": "text/plain"})
    equal((put.status, put.etag), (200, "5D41402ABC4B2A76B9719D911017C592"))
    got = s.bucket.get_object(ODD)
    equal((got.read(), got.headers["x-oss-meta-a"]), (b"hello", "v"))
    assert got.client_crc == got.server_crc == put.crc
    s.bucket.put_object("digits", b"0123456789")
    get = lambda *byte_range, **headers: s.bucket.get_object("digits", byte_range=byte_range, headers=headers).read()
    equal([get(2, 4), get(None, 3), get(5, None)], [b"234", b"789", b"56789"])
    equal(get(2, 400), b"0123456789")
    equal(get(2, 400, **{"x-oss-range-behavior": "standard"}), b"23456789")
    head = s.bucket.head_object("digits")
    equal((head.content_length, head.object_type), (10, "Normal"))
    meta = s.bucket.get_object_meta("digits")
    equal((meta.content_length, meta.etag), (10, head.etag))
    assert s.bucket.object_exists("digits") and not s.bucket.object_exists("nothing")
    refused(oss2.exceptions.NoSuchKey, s.bucket.get_object, "nothing")
    refused(oss2.exceptions.NoSuchBucket, s.other("is-not-there").object_exists, "x")
    refused(oss2.exceptions.NotModified, s.bucket.get_object, "digits", headers={"If-None-Match": head.etag})
    refused(oss2.exceptions.PreconditionFailed, s.bucket.get_object, "digits", headers={"If-Match": "X"})
    refused(oss2.exceptions.BucketNotEmpty, s.bucket.delete_bucket)
    wrong = {"Content-MD5": "AAAAAAAAAAAAAAAAAAAAAA=="}
    refused(oss2.exceptions.InvalidDigest, s.bucket.put_object, "digits", "x", headers=wrong)
    s.bucket.put_object("chunks", (b"x" * 1000 for _ in range(10)))
    equal(len(s.bucket.get_object("chunks").read()), 10000)
    told = []
    s.bucket.put_object("told", b"z" * 100000, progress_callback=lambda done, total: told.append((done, total)))
    equal(told[-1], (100000, 100000))
    equal(s.bucket.delete_object("told").status, 204)


@check
def files(s):
    path, back = "/tmp/oss2-file", "/tmp/oss2-back"
    data = os.urandom(1_500_123)
    with open(path, "wb") as file:
        file.write(data)
    same = lambda: equal(open(back, "rb").read(), data)
    s.bucket.put_object_from_file("file", path)
    s.bucket.get_object_to_file("file", back)
    same()
    with open(path, "rb") as file:
        s.bucket.put_object("start", s.helper("SizedFileAdapter")(file, 1000))
    equal(s.bucket.get_object("start").read(), data[:1000])
    upload, download = s.helper("resumable_upload"), s.helper("resumable_download")
    size = {"part_size": 110 * 1024, "num_threads": 3}
    store = s.helper("ResumableStore")(root="/tmp")
    result = upload(s.raw, "big/ü 1", path, store=store, multipart_threshold=200 * 1024, **size)
    assert result.etag.endswith("-14"), result.etag
    store = s.helper("ResumableDownloadStore")(root="/tmp")
    download(s.raw, "big/ü 1", back, store=store, multiget_threshold=200 * 1024, **size)
    same()


@check
def appends(s):
    first = s.bucket.append_object("log", 0, "hello")
    second = s.bucket.append_object("log", 5, " world", init_crc=first.crc)
    equal((first.next_position, second.next_position), (5, 11))
    equal(s.bucket.get_object("log").read(), b"hello world")
    wrong = refused(oss2.exceptions.PositionNotEqualToLength, s.bucket.append_object, "log", 3, "x")
    equal(wrong.next_position, 11)
    refused(oss2.exceptions.ObjectNotAppendable, s.bucket.append_object, "digits", 10, "x")


@check
def listings(s):
    for number in range(25):
        s.raw.put_object(f"l/{number % 5:02d}/x{number}", "x")
    for kind in ("ObjectIterator", "ObjectIteratorV2"):
        keys = [entry.key for entry in s.helper(kind)(s.bucket, max_keys=3)]
        equal(keys, sorted(set(keys), key=str.encode))
        assert ODD in keys
        folders = list(s.helper(kind)(s.bucket, prefix="l/", delimiter="/", max_keys=2))
        equal([entry.key for entry in folders], [f"l/{number:02d}/" for number in range(5)])
        assert all(entry.is_prefix() for entry in folders)
    owner = s.bucket.list_objects(max_keys=1).object_list[0].owner.id
    page = s.bucket.list_objects_v2(fetch_owner=True, start_after="l/03", max_keys=2)
    equal((page.object_list[0].owner.id, page.is_truncated), (owner, True))


@check
def copies(s):
    copied = s.bucket.copy_object(s.name, ODD, "copy/" + ODD)
    equal(copied.etag, "5D41402ABC4B2A76B9719D911017C592")
    equal(s.bucket.head_object("copy/" + ODD).headers["x-oss-meta-a"], "v")
    s.bucket.update_object_meta(ODD, {"x-oss-meta-z": "1"})
    headers = s.bucket.head_object(ODD).headers
    equal((headers["x-oss-meta-z"], "x-oss-meta-a" in headers), ("1", False))


@check
def uploads(s):
    upload = s.bucket.init_multipart_upload("parts").upload_id
    size = s.helper("determine_part_size")(10 * 1024 * 1024, preferred_size=110000)
    first = s.bucket.upload_part("parts", upload, 1, b"a" * size)
    s.raw.put_object("source", b"b" * 200000)
    second = s.bucket.upload_part_copy(s.name, "source", (0, 150000), "parts", upload, 2)
    equal([part.part_number for part in s.helper("PartIterator")(s.bucket, "parts", upload)], [1, 2])
    equal(len(s.bucket.list_parts("parts", upload, max_parts=1).parts), 1)
    equal([one.upload_id for one in s.helper("MultipartUploadIterator")(s.bucket)], [upload])
    equal([one.upload_id for one in s.helper("ObjectUploadIterator")(s.bucket, "parts")], [upload])
    equal(len(s.bucket.list_multipart_uploads().upload_list), 1)
    parts = [PartInfo(1, first.etag, size=size, part_crc=first.crc), PartInfo(2, second.etag)]
    s.bucket.complete_multipart_upload("parts", upload, parts)
    equal(s.bucket.get_object("parts").read(), b"a" * size + b"b" * 150001)
    upload = s.bucket.init_multipart_upload("gone").upload_id
    s.bucket.abort_multipart_upload("gone", upload)
    refused(oss2.exceptions.NoSuchUpload, s.bucket.list_parts, "gone", upload)


@check
def links(s):
    for slash_safe in (False, True):
        sign = lambda method, key, **more: s.bucket.sign_url(method, key, 60, slash_safe=slash_safe, **more)
        equal(requests.get(sign("GET", ODD)).content, b"hello")
        shown = requests.get(sign("GET", ODD, params={"response-content-type": "image/x"}))
        equal(shown.headers["Content-Type"], "image/x")
        headers = {"Content-Type": "text/x", "x-oss-meta-q": "1"}
        equal(requests.put(sign("PUT", "by/link", headers=headers), data="data", headers=headers).status_code, 200)
        equal(s.bucket.get_object_with_url(sign("GET", "by/link")).read(), b"data")
        s.bucket.put_object_with_url(sign("PUT", "by/link"), "other")
        s.bucket.put_object_with_url_from_file(sign("PUT", "by/link"), "/tmp/oss2-file")
        s.bucket.get_object_with_url_to_file(sign("GET", "by/link"), "/tmp/oss2-link")
        equal(open("/tmp/oss2-link", "rb").read(), open("/tmp/oss2-file", "rb").read())


@check
def access(s):
    s.bucket.put_object_acl("digits", oss2.OBJECT_ACL_PUBLIC_READ)
    equal(s.bucket.get_object_acl("digits").acl, "public-read")
    anonymous = s.other(s.name, s.helper("AnonymousAuth")())
    equal(anonymous.get_object("digits").read(), b"0123456789")
    refused(oss2.exceptions.AccessDenied, anonymous.get_object, ODD)
    s.bucket.put_object_acl("digits", oss2.OBJECT_ACL_DEFAULT)
    refused(oss2.exceptions.AccessDenied, anonymous.get_object, "digits")
    provider = oss2.StaticCredentialsProvider(*KEY)
    s.used.append(s.make_provider_auth.__name__)
    equal(s.other(s.name, s.make_provider_auth(provider)).get_object("digits").read(), b"0123456789")
    wrong = s.other(s.name, s.make_auth(KEY[0], "wrong"))
    assert "StringToSign" in str(refused(oss2.exceptions.SignatureDoesNotMatch, wrong.list_objects).details)
    unknown = s.other(s.name, s.make_auth("unknown", "wrong"))
    equal(refused(oss2.exceptions.ServerError, unknown.list_objects).code, "InvalidAccessKeyId")


@check
def symlinks(s):
    s.bucket.put_symlink("digits", "link")
    equal(s.bucket.get_symlink("link").target_key, "digits")
    equal(s.bucket.get_object("link").read(), b"0123456789")
    equal(s.bucket.head_object("link").object_type, "Symlink")


@check
def images(s):
    s.raw.put_object("picture", base64.b64decode(PICTURE))
    about = lambda key: json.loads(s.bucket.get_object(key, process="image/info").read())
    equal(about("picture")["ImageWidth"], {"value": "40"})
    s.bucket.get_object_to_file("picture", "/tmp/oss2-picture", process="image/resize,m_fixed,w_9,h_7/format,jpg")
    s.raw.put_object_from_file("small", "/tmp/oss2-picture")
    equal([about("small")[name]["value"] for name in ("Format", "ImageWidth", "ImageHeight")], ["jpg", "9", "7"])
    s.bucket.put_bucket_style("half", "image/resize,p_50")
    equal(s.bucket.get_bucket_style("half").content, "image/resize,p_50")
    equal([style.name for style in s.bucket.list_bucket_style().styles], ["half"])
    encode = lambda name: base64.urlsafe_b64encode(name.encode()).decode()
    done = s.bucket.process_object("picture", f"style/half|sys/saveas,o_{encode(ODD)},b_{encode(s.name)}")
    equal([done.bucket, done.object, done.process_status], [s.name, ODD, "OK"])
    equal([about(ODD)["ImageWidth"], done.fileSize], [{"value": "20"}, s.raw.head_object(ODD).content_length])
    link = s.bucket.sign_url("GET", "picture", 60, params={"x-oss-process": "image/rotate,90/info"})
    equal(requests.get(link).status_code, 400)
    link = s.bucket.sign_url("GET", "picture", 60, params={"x-oss-process": "image/rotate,90/format,webp"})
    equal(requests.get(link).headers["Content-Type"], "image/webp")
    equal(refused(oss2.exceptions.ServerError, about, "digits").code, "BadRequest")
    s.bucket.delete_bucket_style("half")
    missing = lambda: s.bucket.get_object("picture", process="style/half")
    equal(refused(oss2.exceptions.ServerError, missing).code, "NoSuchStyle")
    s.raw.put_object(ODD, "hello")


@check
def tags(s):
    rule = TaggingRule()
    rule.add("reel", "12 b+é")
    rule.add("take", "3")
    s.bucket.put_object_tagging("digits", Tagging(rule))
    equal(s.bucket.get_object_tagging("digits").tag_set.tagging_rule, {"reel": "12 b+é", "take": "3"})
    s.bucket.delete_object_tagging("digits")
    equal(s.bucket.get_object_tagging("digits").tag_set.tagging_rule, {})


@check
def archives(s):
    s.raw.put_object("cold", b"c", headers={"x-oss-storage-class": oss2.BUCKET_STORAGE_CLASS_ARCHIVE})
    equal(refused(oss2.exceptions.ServerError, s.bucket.get_object, "cold").code, "InvalidObjectState")
    assert s.bucket.restore_object("cold").status in (200, 202)


@check
def bucket_cors(s):
    rule = CorsRule(allowed_origins=["*"], allowed_methods=["GET", "PUT"], allowed_headers=["*"], max_age_seconds=9)
    s.bucket.put_bucket_cors(BucketCors([rule]))
    found = s.bucket.get_bucket_cors().rules[0]
    equal((found.allowed_origins, found.allowed_methods, found.max_age_seconds), (["*"], ["GET", "PUT"], 9))
    s.bucket.delete_bucket_cors()
    refused(oss2.exceptions.NoSuchCors, s.bucket.get_bucket_cors)


@check
def bucket_lifecycle(s):
    rule = LifecycleRule("one", "tmp/", status=LifecycleRule.ENABLED, expiration=LifecycleExpiration(days=3))
    s.bucket.put_bucket_lifecycle(BucketLifecycle([rule]))
    found = s.bucket.get_bucket_lifecycle().rules[0]
    equal((found.id, found.prefix, found.expiration.days), ("one", "tmp/", 3))
    s.bucket.delete_bucket_lifecycle()
    refused(oss2.exceptions.NoSuchLifecycle, s.bucket.get_bucket_lifecycle)


@check
def bucket_website(s):
    s.bucket.put_bucket_website(BucketWebsite("index.html", "error.html"))
    found = s.bucket.get_bucket_website()
    equal((found.index_file, found.error_file), ("index.html", "error.html"))
    s.bucket.delete_bucket_website()
    refused(oss2.exceptions.NoSuchWebsite, s.bucket.get_bucket_website)


@check
def bucket_referer(s):
    s.bucket.put_bucket_referer(BucketReferer(True, ["http://studio.example"]))
    found = s.bucket.get_bucket_referer()
    equal((found.allow_empty_referer, found.referers), (True, ["http://studio.example"]))
    s.bucket.put_bucket_referer(BucketReferer(True, []))


@check
def bucket_logging(s):
    s.bucket.put_bucket_logging(BucketLogging(s.name, "logs/"))
    found = s.bucket.get_bucket_logging()
    equal((found.target_bucket, found.target_prefix), (s.name, "logs/"))
    s.bucket.delete_bucket_logging()
    assert not s.bucket.get_bucket_logging().target_bucket


@check
def bucket_encryption(s):
    mark = lambda answer: answer.headers.get("x-oss-server-side-encryption")
    rule = ServerSideEncryptionRule()
    rule.sse_algorithm = oss2.SERVER_SIDE_ENCRYPTION_AES256
    s.bucket.put_bucket_encryption(rule)
    equal(s.bucket.get_bucket_encryption().sse_algorithm, "AES256")
    equal(mark(s.bucket.put_object("marked", "x").resp), "AES256")
    s.bucket.delete_bucket_encryption()
    equal([mark(s.bucket.head_object("marked")), mark(s.bucket.put_object("unmarked", "x").resp)], ["AES256", None])
    refused(oss2.exceptions.NoSuchServerSideEncryptionRule, s.bucket.get_bucket_encryption)


@check
def bucket_tagging(s):
    rule = TaggingRule()
    rule.add("studio", "north")
    s.bucket.put_bucket_tagging(Tagging(rule))
    equal(s.bucket.get_bucket_tagging().tag_set.tagging_rule, {"studio": "north"})
    s.bucket.delete_bucket_tagging()
    equal(s.bucket.get_bucket_tagging().tag_set.tagging_rule, {})


@check
def bucket_policy(s):
    statement = {
        "Effect": "Allow", "Principal": ["*"], "Action": ["oss:GetObject"],
        "Resource": [f"acs:oss:*:*:{s.name}/digits"]}
    s.bucket.put_bucket_policy(json.dumps({"Version": "1", "Statement": [statement]}))
    equal(json.loads(s.bucket.get_bucket_policy().policy)["Statement"][0]["Effect"], "Allow")
    equal(s.other(s.name, oss2.AnonymousAuth()).get_object("digits").read(), b"0123456789")
    s.bucket.delete_bucket_policy()
    refused(oss2.exceptions.NoSuchBucketPolicy, s.bucket.get_bucket_policy)


@check
def bucket_payer(s):
    s.bucket.put_bucket_request_payment("Requester")
    equal(s.bucket.get_bucket_request_payment().payer, "Requester")
    s.bucket.put_bucket_request_payment("BucketOwner")


@check
def bucket_class(s):
    cold = s.other(f"{s.name}-cold")
    cold.create_bucket(input=BucketCreateConfig(oss2.BUCKET_STORAGE_CLASS_IA))
    equal(cold.get_bucket_info().storage_class, "IA")
    listed = s.service.list_buckets(prefix=f"{s.name}-cold").buckets
    equal([bucket.storage_class for bucket in listed], ["IA"])
    cold.put_object("key", "x")
    equal([entry.storage_class for entry in cold.list_objects().object_list], ["IA"])
    cold.delete_object("key")
    cold.delete_bucket()


@check
def traffic_limits(s):
    limit = {OSS_TRAFFIC_LIMIT: "8388608"}
    data = os.urandom(400_000)
    started = time.monotonic()
    s.bucket.put_object("slow", data, headers=limit)
    equal(s.bucket.get_object("slow", headers=limit).read(), data)
    # Two times 0.38 s; the last tenth of a second of each is not waited for.
    assert time.monotonic() - started > 0.5
    for wrong in ("819199", "838860801", "fast"):
        refused(oss2.exceptions.InvalidArgument, s.bucket.get_object, "slow", headers={OSS_TRAFFIC_LIMIT: wrong})
    equal(requests.get(s.bucket.sign_url("GET", "slow", 60, params=limit)).content, data)


@check
def versions(s):
    name = f"{s.name}-versions"
    raw = s.other(name)
    bucket = Recorder(raw, "Bucket", s.used)
    raw.create_bucket()
    equal(raw.put_object("key", "before").versionid, None)
    config = BucketVersioningConfig()
    config.status = oss2.BUCKET_VERSIONING_ENABLE
    bucket.put_bucket_versioning(config)
    equal([bucket.get_bucket_versioning().status, bucket.get_bucket_info().versioning_status], ["Enabled"] * 2)
    version = lambda number: {"versionId": number}
    first = bucket.put_object("key", "first").versionid
    second = bucket.put_object("key", "second").versionid
    read = lambda number: bucket.get_object("key", params=version(number)).read()
    equal([read("null"), read(first), read(second), raw.get_object("key").read()],
          [b"before", b"first", b"second", b"second"])
    equal([raw.head_object("key").versionid, bucket.head_object("key", params=version(first)).versionid], [second, first])
    equal(bucket.get_object_meta("key", params=version(first)).content_length, 5)
    bucket.get_object_to_file("key", "/tmp/oss2-version", params=version(first))
    equal(open("/tmp/oss2-version").read(), "first")
    equal(requests.get(bucket.sign_url("GET", "key", 60, params=version(first))).content, b"first")

    bucket.put_object_acl("key", oss2.OBJECT_ACL_PUBLIC_READ, params=version(first))
    acls = [bucket.get_object_acl("key", params=version(number)).acl for number in (first, second)]
    equal(acls, ["public-read", "default"])
    rule = TaggingRule()
    rule.add("take", "1")
    bucket.put_object_tagging("key", Tagging(rule), params=version(first))
    tags = lambda number: bucket.get_object_tagging("key", params=version(number)).tag_set.tagging_rule
    equal([tags(first), tags(second)], [{"take": "1"}, {}])
    bucket.delete_object_tagging("key", params=version(first))
    equal(tags(first), {})
    link = bucket.put_symlink("key", "link").versionid
    bucket.put_symlink("other", "link")
    equal(bucket.get_symlink("link", params=version(link)).target_key, "key")
    cold = raw.put_object("cold", "c", headers={"x-oss-storage-class": "Archive"}).versionid
    raw.put_object("cold", "warm")
    equal(bucket.restore_object("cold", params=version(cold)).status, 202)
    equal(bucket.get_object("cold", params=version(cold)).read(), b"c")

    third = bucket.copy_object(name, "key", "key", params=version(first)).versionid
    equal(read(third), b"first")
    upload = raw.init_multipart_upload("parts").upload_id
    raw.upload_part_copy(name, "key", (0, 3), "parts", upload, 1, params=version(second))
    parts = raw.list_parts("parts", upload).parts
    assert raw.complete_multipart_upload("parts", upload, parts).versionid
    equal(raw.get_object("parts").read(), b"seco")
    log = raw.append_object("log", 0, "abc")
    equal(raw.append_object("log", 3, "def").versionid, log.versionid)

    marker = bucket.delete_object("key")
    equal(marker.delete_marker, True)
    hidden = refused(oss2.exceptions.NoSuchKey, bucket.get_object, "key")
    equal(hidden.headers["x-oss-delete-marker"], "true")
    equal(refused(oss2.exceptions.ServerError, read, marker.versionid).code, "MethodNotAllowed")
    assert not raw.object_exists("key")
    equal(bucket.delete_object("key", params=version(marker.versionid)).versionid, marker.versionid)
    equal(raw.get_object("key").read(), b"first")
    bucket.delete_object("key", params=version(third))
    equal(refused(oss2.exceptions.ServerError, read, third).code, "NoSuchVersion")
    equal(raw.get_object("key").read(), b"second")
    refused(oss2.exceptions.InvalidArgument, read, "234")

    deleted = bucket.batch_delete_objects(["key", "absent"]).delete_versions
    assert all(one.delete_marker and one.delete_marker_versionid for one in deleted)
    page = bucket.list_object_versions(prefix="key", max_keys=2)
    equal([page.is_truncated, page.next_key_marker, page.delete_marker[0].is_latest], [True, "key", True])
    rest = bucket.list_object_versions(
        prefix="key", key_marker=page.next_key_marker, versionid_marker=page.next_versionid_marker)
    equal([one.versionid for one in page.versions + rest.versions], [second, first, "null"])
    config.status = oss2.BUCKET_VERSIONING_SUSPEND
    bucket.put_bucket_versioning(config)
    equal(raw.put_object("key", "after").versionid, "null")
    equal([read("null"), read(first)], [b"after", b"first"])
    refused(oss2.exceptions.BucketNotEmpty, raw.delete_bucket)
    # From page to page, although the page before is gone.
    key, number = "", ""
    while True:
        page = bucket.list_object_versions(key_marker=key, versionid_marker=number, max_keys=3)
        doomed = [BatchDeleteObjectVersion(one.key, one.versionid) for one in page.versions + page.delete_marker]
        equal(len(bucket.delete_object_versions(BatchDeleteObjectVersionList(doomed)).delete_versions), len(doomed))
        if not page.is_truncated:
            break
        key, number = page.next_key_marker, page.next_versionid_marker
    raw.delete_bucket()


@check
def version_lifecycle(s):
    rule = LifecycleRule(
        "old", "", status=LifecycleRule.ENABLED, expiration=LifecycleExpiration(expired_detete_marker=True),
        noncurrent_version_expiration=NoncurrentVersionExpiration(30),
        noncurrent_version_sotrage_transitions=[NoncurrentVersionStorageTransition(12, "IA")])
    s.bucket.put_bucket_lifecycle(BucketLifecycle([rule]))
    found = s.bucket.get_bucket_lifecycle().rules[0]
    transition = found.noncurrent_version_sotrage_transitions[0]
    equal([found.expiration.expired_detete_marker, found.noncurrent_version_expiration.noncurrent_days], [True, 30])
    equal([transition.noncurrent_days, transition.storage_class], [12, "IA"])
    s.bucket.delete_bucket_lifecycle()


@check
def encrypted(s):
    make_bucket = s.helper("CryptoBucket")
    key_pair = {"private_key": PRIVATE_KEY, "public_key": PUBLIC_KEY}
    crypto = make_bucket(s.auth, ENDPOINT, s.name, crypto_provider=s.helper("RsaProvider")(key_pair), **s.options)
    crypto.put_object("secret", b"nobody knows")
    equal(crypto.get_object("secret").read(), b"nobody knows")
    assert s.raw.get_object("secret").read() != b"nobody knows"
    equal(crypto.get_object("secret", byte_range=(7, 10)).read(), b"know")


@check
def deletions(s):
    odd = "ctl\x0c&<>"
    s.raw.put_object(odd, "x")
    deleted = s.bucket.batch_delete_objects([ODD, odd, "absent"])
    equal(set(deleted.deleted_keys), {ODD, odd, "absent"})
    assert not s.raw.object_exists(odd)
    while True:
        keys = [entry.key for entry in oss2.ObjectIterator(s.raw)]
        if not keys:
            break
        s.raw.batch_delete_objects(keys[:900])
    s.bucket.delete_bucket()


def rsa_key():
    from Crypto.PublicKey import RSA
    key = RSA.generate(2048)
    return key.export_key().decode(), key.publickey().export_key().decode()


PRIVATE_KEY, PUBLIC_KEY = rsa_key()


def run(signature):
    session = Session(signature)
    outcomes = {f"Bucket.{name}": "not used" for name in methods_of(oss2.Bucket)}
    outcomes.update({f"Service.{name}": "not used" for name in methods_of(oss2.Service)})
    outcomes.update({name: "not used" for name in HELPERS})
    for function in checks:
        before = len(session.used)
        try:
            function(session)
            for name in session.used[before:]:
                if outcomes[name] == "not used":
                    outcomes[name] = "passed"
        except Exception as error:
            traceback.print_exc()
            for name in session.used[before:-1]:
                if outcomes[name] == "not used":
                    outcomes[name] = "passed"
            outcomes[session.used[-1]] = f"{function.__name__}: {error!r}"[:500]
    outcomes[type(session.auth).__name__] = "passed"
    return outcomes


with open("/case/result.json", "w") as file:
    json.dump({signature: run(signature) for signature in os.environ["SIGNATURES"].split()}, file)
