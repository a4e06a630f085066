"""Makes or changes the App of the seed's chapter on Docker images, as its reader would: `docker_app.py create 0.1`."""
import os
import sys

from batchcompute import CN_BEIJING, Client

verb, version = sys.argv[1:]
client = Client(CN_BEIJING, os.environ["ACCESS_KEY_ID"], os.environ["ACCESS_KEY_SECRET"])
app = {
    "Name": "Docker-app-demo",
    "Daemonize": False,
    "Docker": {
        "Image": "localhost:5000/demodockerimage:" + version,
        "RegistryOSSPath": "oss://demo-bucket/dockers/",
    },
    "CommandLine": "python test.py",
    "EnvVars": {},
}
print(client.create_app(app).Name if verb == "create" else client.modify_app(app["Name"], app))
