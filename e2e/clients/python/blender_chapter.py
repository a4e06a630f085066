"""The seed's Blender chapter as its reader would do it: the vendor's SDK and oss2, nothing of Rebatch.

In /case: scene.blend, framer.py. Afterwards: out/*.png and result.json.
"""
import json
import os
import time
from urllib.parse import urlparse

import oss2
from batchcompute import Client
from batchcompute.resources import AppDescription, AppJobDescription

# As the chapter prints it.
COMMAND_LINE = """python -c "import os;import sys;sys.path.append('/home/scripts/'); from framer import parseFrames; frames=parseFrames('${frames}'); framestr=' '.join(map(lambda x:str(x), frames)); s='blender -b /home/input/${scene_file_path} -o /home/output/result/${output_name_format} -F ${format} -f %s' % framestr; print('exec: %s' % s); os.system(s);" """.strip()

bucket_name = os.environ["BUCKET"]
folder = "oss://%s/" % bucket_name
key, secret = os.environ["ACCESS_KEY_ID"], os.environ["ACCESS_KEY_SECRET"]
api = urlparse(os.environ["API"])

bucket = oss2.Bucket(oss2.Auth(key, secret), os.environ["OSS"], bucket_name)
bucket.create_bucket()
bucket.put_object_from_file("scripts/framer.py", "/case/framer.py")
oss2.resumable_upload(bucket, "input/turntable/scene.blend", "/case/scene.blend", part_size=100 * 1024,
                      multipart_threshold=200 * 1024)

Client.register_region("local", api.hostname, api.port)
client = Client(api.hostname, key, secret)


def parameter(default=None, local_path=""):
    return {"Type": "String", "Default": default, "LocalPath": local_path, "Description": ""}


app = AppDescription({
    "Name": "ubuntu-blender",
    "Description": "",
    "CommandLine": COMMAND_LINE,
    "Docker": {"Image": "rebatch/blender:latest"},
    "InputParameters": {
        "scripts_oss_folder": parameter(folder + "scripts/", "/home/scripts/"),
        "input_oss_folder": parameter(None, "/home/input/"),
        "scene_file_path": parameter(),
        "frames": parameter(),
        "format": parameter("PNG"),
        "output_name_format": parameter("####.png"),
    },
    "OutputParameters": {"output_oss_folder": parameter(None, "/home/output/")},
    "Config": {"InstanceType": {"Default": "ecs.sn1ne.2xlarge", "Description": "", "Overwritable": True}},
})
client.create_app(app)

job = AppJobDescription({
    "Name": "blender-chapter",
    "Type": "App",
    "App": {
        "AppName": "ubuntu-blender",
        "Inputs": {
            "input_oss_folder": folder + "input/",
            "scene_file_path": "turntable/scene.blend",
            "frames": "1-4",
            "format": "PNG",
            "output_name_format": "####.png",
        },
        "Outputs": {"output_oss_folder": folder + "output/"},
        "Logging": {"StdoutPath": folder + "log/", "StderrPath": folder + "log/"},
        "Config": {"InstanceCount": 2},
    },
})
job_id = client.create_job(job).Id

states = []
while not states or states[-1] not in ("Finished", "Failed", "Stopped"):
    state = client.get_job(job_id).State
    if not states or states[-1] != state:
        states.append(state)
    time.sleep(0.2)

logs = {}
for task in client.list_tasks(job_id, "", 100).Items:
    for instance in client.list_instances(job_id, task.TaskName, "", 100).Items:
        path = instance.StdoutRedirectPath
        logs[path] = bucket.get_object(path[len(folder):]).read().decode()

os.makedirs("/case/out", exist_ok=True)
pictures = []
for item in oss2.ObjectIterator(bucket, prefix="output/result/"):
    name = os.path.basename(item.key)
    bucket.get_object_to_file(item.key, "/case/out/" + name)
    pictures.append(name)

with open("/case/result.json", "w") as result:
    json.dump({"job": job_id, "states": states, "logs": logs, "pictures": pictures,
               "message": client.get_job(job_id).Message}, result)
