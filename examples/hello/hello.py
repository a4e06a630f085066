"""A first job: three machines say hello, with the clients from PyPI that scripts for BatchCompute have always used.

README.md beside this file tells how to install them and where the server's addresses and key come from.
"""

import os
import sys
import time
from urllib.parse import urlparse

import oss2
from batchcompute import Client
from batchcompute.resources import AutoCluster, DAG, JobDescription, TaskDescription

BUCKET = "hello"

key = os.environ["REBATCH_ACCESS_KEY_ID"]
secret = os.environ["REBATCH_ACCESS_KEY_SECRET"]
api = urlparse(os.environ.get("REBATCH_ENDPOINT", "http://127.0.0.1:8700"))
oss = os.environ.get("REBATCH_OSS_ENDPOINT", "http://127.0.0.1:8701")

# A bucket for the logs. (Making one that is yours already is fine.)
bucket = oss2.Bucket(oss2.Auth(key, secret), oss, BUCKET)
bucket.create_bucket()

# The SDK knows the vendor's regions by name; this one is ours.
Client.register_region("local", api.hostname, api.port)
client = Client(api.hostname, key, secret)

# One task, run three times side by side. `img-ubuntu` is the image that plain scripts run in.
task = TaskDescription()
task.Parameters.Command.CommandLine = (
    'sh -c \'echo "hello from instance $BATCH_COMPUTE_DAG_INSTANCE_ID of $BATCH_COMPUTE_DAG_INSTANCE_COUNT"\''
)
task.Parameters.StdoutRedirectPath = f"oss://{BUCKET}/logs/"
task.Parameters.StderrRedirectPath = f"oss://{BUCKET}/logs/"
task.InstanceCount = 3
task.AutoCluster = AutoCluster({"ImageId": "img-ubuntu", "InstanceType": "ecs.sn1ne.large"})

dag = DAG()
dag.add_task(task_name="hello", task=task)

job = JobDescription()
job.Name = "hello"
job.Priority = 100
job.DAG = dag

job_id = client.create_job(job).Id
print(f"submitted {job_id}")

# Finished, Failed and Stopped are the states that last.
state = ""
while state not in ("Finished", "Failed", "Stopped"):
    time.sleep(0.2)
    state = client.get_job(job_id).State
print(f"the job is {state}")

# What the programs printed is in the bucket, one object per instance.
for log in oss2.ObjectIterator(bucket, prefix=f"logs/stdout.{job_id}."):
    print(bucket.get_object(log.key).read().decode().rstrip())

sys.exit(0 if state == "Finished" else 1)
