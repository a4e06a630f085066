"""Runs as a task: uses the key that the task was given the ways the vendor's oss2 knows, and writes what came of it."""
import json
import os
import time

import oss2
from oss2.credentials import EcsRamRoleCredentialsProvider, EnvironmentVariableCredentialsProvider

ROLES = 'http://100.100.100.200/latest/meta-data/ram/security-credentials/'


def tried(action):
    try:
        return action()
    except oss2.exceptions.OssError as error:
        return error.code


def bucket_with(provider, name='films'):
    return oss2.Bucket(oss2.ProviderAuth(provider), os.environ['OSS_ENDPOINT'], name)


given = EnvironmentVariableCredentialsProvider()
bucket = bucket_with(given)
role = oss2.http.Session().session.get(ROLES, timeout=10).text
# The address is answered from the moment that somebody has it.
found = EcsRamRoleCredentialsProvider(ROLES + role, max_retries=5)

result = {
    'reads an input': tried(lambda: bucket.get_object('in/a').read().decode()),
    'writes an output': tried(lambda: bucket.put_object('out/b', 'b').status),
    'lists its outputs': tried(lambda: [o.key for o in oss2.ObjectIterator(bucket, prefix='out/')]),
    'writes an input': tried(lambda: bucket.put_object('in/a', 'changed').status),
    'reads another object': tried(lambda: bucket.get_object('secret').read().decode()),
    'lists the bucket': tried(lambda: [o.key for o in oss2.ObjectIterator(bucket)]),
    'reads another bucket': tried(lambda: bucket_with(given, 'other').get_object('a').read().decode()),
    'lists buckets': tried(lambda: oss2.Service(bucket.auth, os.environ['OSS_ENDPOINT']).list_buckets().status),
    'role': role,
    'with the machine role': tried(lambda: bucket_with(found).get_object('in/a').read().decode()),
    'key': [os.environ[name] for name in ('OSS_ACCESS_KEY_ID', 'OSS_ACCESS_KEY_SECRET', 'OSS_SESSION_TOKEN')],
}
bucket.put_object('out/result.json', json.dumps(result))


def may_go():
    try:
        return bucket.object_exists('out/go')
    except oss2.exceptions.RequestError:
        # The server is being restarted.
        return False


while not may_go():
    time.sleep(0.1)
