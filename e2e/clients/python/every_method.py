"""Calls every method of the vendor's Client once and says of each whether the answer was what its users rely on.

Writes /case/result.json: {"methods": {name: "passed" | what went wrong}}.
"""
import json
import os
import time
import traceback
from datetime import datetime
from urllib.parse import urlparse

from batchcompute import Client, ClientError
from batchcompute.resources import (AppDescription, AppJobDescription, AutoCluster, ClusterDescription, DAG,
                                    GroupDescription, ImageDescription, JobDescription,
                                    ModifyClusterDescription, ModifyGroupDescription, TaskDescription)

FOLDER = "oss://every-method/"
api = urlparse(os.environ["API"])
Client.register_region("local", api.hostname, api.port)
client = Client(api.hostname, os.environ["ACCESS_KEY_ID"], os.environ["ACCESS_KEY_SECRET"])

checks = {}


def check(function):
    checks[function.__name__] = function
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(what)


def refused(status, code, call, *arguments):
    try:
        call(*arguments)
    except ClientError as error:
        found = (error.get_status_code(), error.get_code())
        expect(found == (status, code), found)
        expect(error.get_requestid() and error.get_msg())
        return
    raise AssertionError("not refused")


def until(probe):
    end = time.time() + 30
    while time.time() < end:
        answer = probe()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def job_description(name, instances=3):
    task = TaskDescription()
    task.Parameters.Command.CommandLine = "true"
    task.Parameters.Command.PackagePath = ""
    task.Parameters.StdoutRedirectPath = FOLDER + "logs/"
    task.Parameters.StderrRedirectPath = FOLDER + "logs/"
    task.InstanceCount = instances
    auto = AutoCluster()
    auto.ImageId = "img-ubuntu"
    auto.InstanceType = "ecs.sn1ne.large"
    auto.UserData = {"why": name}
    task.AutoCluster = auto
    dag = DAG()
    dag.add_task(task_name="Map", task=task)
    description = JobDescription()
    description.Name = name
    description.Priority = 99
    description.DAG = dag
    return description


def stopped_job(name):
    job = client.create_job(job_description(name)).Id
    expect(client.stop_job(job).StatusCode == 201)
    expect(client.get_job(job).State == "Stopped")
    return job


# What belongs to this process, not to the server.

@check
def register_region():
    Client.register_region("elsewhere", "elsewhere.example.test", api.port)
    expect(Client.get_regions()["elsewhere"] == "elsewhere.example.test")


@check
def get_regions():
    expect(Client.get_regions()["local"] == api.hostname)


@check
def get_version():
    expect(client.get_version() == "2015-11-11")


@check
def set_version():
    client.set_version("2014-01-01")
    refused(400, "InvalidVersion", client.get_quotas)
    client.set_version("2015-11-11")
    client.get_quotas()


# Jobs, tasks and instances.

@check
def create_job():
    answer = client.create_job(job_description("create"), "one-token")
    expect(answer.StatusCode == 201 and answer.Id.startswith("job-") and len(answer.Id) == 36, answer.Id)
    expect(client.create_job(job_description("create"), "one-token").Id == answer.Id)
    wrong = job_description("create")
    wrong.DAG.Dependencies = {"Map": ["Nobody"]}
    refused(400, "InvalidDependencies", client.create_job, wrong)


@check
def get_job():
    id = client.create_job(job_description("get")).Id
    job = client.get_job(id)
    expect((job.Id, job.Name, job.Priority) == (id, "get", 99), str(job))
    expect(isinstance(job.Owner, str) and isinstance(job.CreationTime, datetime), str(job))
    expect(job.TaskMetrics.WaitingCount + job.TaskMetrics.RunningCount == 1, str(job))
    expect(job.InstanceMetrics.WaitingCount + job.InstanceMetrics.RunningCount == 3, str(job))
    refused(404, "InvalidResource.NotFound", client.get_job, "job-0000000000000000")


@check
def get_job_description():
    description = client.get_job_description(client.create_job(job_description("describe")))
    expect(description.Type == "DAG" and description.Name == "describe")
    task = description.DAG.get_task("Map")
    expect(task.AutoCluster.UserData == {"why": "describe"} and task.InstanceCount == 3)
    expect(task.Parameters.StdoutRedirectPath == FOLDER + "logs/")
    expect(description.JobFailOnInstanceFail is True and description.AutoRelease is False)


@check
def list_jobs():
    ids = [client.create_job(job_description("list%d" % number)).Id for number in range(3)]
    page = client.list_jobs("", 2)
    expect(len(page.Items) == 2 and page.NextMarker, page.NextMarker)
    everything = [job.Id for job in client.easy_list("jobs")]
    expect([id for id in everything if id in ids] == ids and len(set(everything)) == len(everything))
    reverse = [job.Id for job in client.list_jobs("", 100, OrderBy="Id", IsReverse="true").Items]
    expect(reverse == sorted(everything, reverse=True), reverse)
    stopped = stopped_job("listed")
    expect(stopped in [job.Id for job in client.list_jobs("", 100, "Stopped").Items])
    expect(all(job.State == "Stopped" for job in client.list_jobs("", 100, "Stopped").Items))


@check
def easy_list():
    id = stopped_job("easy")
    found = list(client.easy_list("jobs", Name="easy", State=["Stopped", "Failed"]))
    expect([job.Id for job in found] == [id], found)
    expect([task.TaskName for task in client.easy_list("tasks", id)] == ["Map"])
    expect([one.InstanceId for one in client.easy_list("instances", id, "Map")] == [0, 1, 2])
    expect(list(client.easy_list("images")) == [])


@check
def stop_job():
    id = stopped_job("stop")
    states = [instance.State for instance in client.list_instances(id, "Map", "", 100).Items]
    expect(states == ["Stopped"] * 3, states)
    refused(409, "StateConflict", client.stop_job, id)


@check
def change_job_priority():
    id = stopped_job("priority")
    expect(client.change_job_priority(id, 98).StatusCode == 200)
    expect(client.get_job_description(id).Priority == 98 and client.get_job(id).Priority == 98)
    client.start_job(id)
    refused(409, "StateConflict", client.change_job_priority, id, 1)


@check
def start_job():
    id = stopped_job("start")
    expect(client.start_job(id).StatusCode == 201)
    expect(client.get_job(id).State in ("Waiting", "Running"))
    refused(409, "StateConflict", client.start_job, id)


@check
def poll():
    finished = client.create_job(job_description("poll", 1)).Id
    expect(client.poll(finished, interval=0.1) == [])
    job = client.get_job(finished)
    expect(job.State == "Finished" and job.EndTime >= job.StartTime >= job.CreationTime, str(job))
    expect(client.poll([stopped_job("poll")], interval=0.1) != [])


@check
def delete_job():
    id = client.create_job(job_description("delete")).Id
    refused(409, "StateConflict", client.delete_job, id)
    client.stop_job(id)
    expect(client.delete_job(id).StatusCode // 100 == 2)
    refused(404, "InvalidResource.NotFound", client.get_job, id)
    expect(id not in [job.Id for job in client.easy_list("jobs")])


@check
def get_task():
    id = client.create_job(job_description("task")).Id
    task = client.get_task(id, "Map")
    metrics = task.InstanceMetrics
    expect(task.TaskName == "Map" and metrics.WaitingCount + metrics.RunningCount == 3, str(task))
    refused(404, "InvalidResource.NotFound", client.get_task, id, "Nobody")


@check
def list_tasks():
    id = stopped_job("tasks")
    page = client.list_tasks(id, "", 1)
    expect([task.TaskName for task in page.Items] == ["Map"] and page.NextMarker == "")
    expect(len(client.list_tasks(id, "", 100, "Stopped").Items) == 1)
    expect(client.list_tasks(id, "", 100, "Running").Items == [])


@check
def get_instance():
    id = client.create_job(job_description("instance", 1)).Id
    client.poll(id, interval=0.1)
    instance = client.get_instance(id, "Map", 0)
    expect(instance.InstanceId == 0 and instance.State == "Finished" and instance.Progress == 100, str(instance))
    expect(instance.Result.ExitCode == 0 and instance.RetryCount == 0, str(instance))
    expect(instance.StdoutRedirectPath == FOLDER + "logs/stdout.%s.Map.0" % id, instance.StdoutRedirectPath)
    refused(404, "InvalidResource.NotFound", client.get_instance, id, "Map", 1)


@check
def list_instances():
    id = stopped_job("instances")
    for limit in range(1, 5):
        page = client.list_instances(id, "Map", 0, limit)
        expect([one.InstanceId for one in page.Items] == list(range(min(limit, 3))), limit)
    numbers, marker = [], 0
    while marker != "":
        page = client.list_instances(id, "Map", marker, 1)
        numbers += [one.InstanceId for one in page.Items]
        marker = page.NextMarker
    expect(numbers == [0, 1, 2], numbers)
    expect(client.list_instances(id, "Map", "", 100, "Waiting").Items == [])


# Apps.

def app_description(command):
    def parameter(path):
        return {"Type": "String", "Default": "", "LocalPath": path, "Description": "a file"}
    return AppDescription({
        "Name": "copy", "Description": "copies", "CommandLine": command,
        "VM": {"ECSImageId": "img-ubuntu"},
        "InputParameters": {"source": parameter("/home/in.txt")},
        "OutputParameters": {"target": parameter("/home/out.txt")},
        "EnvVars": {"MODE": "a"},
        "Config": {"InstanceCount": {"Default": 2, "Description": "", "Overwritable": True}},
    })


@check
def create_app():
    answer = client.create_app(app_description("cp ${source} ${target}"))
    expect(answer.StatusCode == 201 and answer.Name == "copy", str(answer))
    job = AppJobDescription({
        "Name": "copies", "Type": "App",
        "App": {"AppName": "copy", "Inputs": {"source": FOLDER + "in.txt"},
                "Outputs": {"target": FOLDER + "out.txt"},
                "Logging": {"StdoutPath": FOLDER + "logs/", "StderrPath": FOLDER + "logs/"},
                "Config": {"InstanceCount": 1}},
    })
    id = client.create_job(job).Id
    expect(client.get_job_description(id).App.AppName == "copy")
    expect(client.poll(id, interval=0.1) == [])
    answer = client.create_job(job, sync=True)
    expect(answer.StartTime and answer.EndTime, str(answer))


@check
def get_app():
    app = client.get_app("copy")
    expect(app.Name == "copy" and app.InputParameters["source"]["LocalPath"] == "/home/in.txt", str(app))
    refused(404, "InvalidResource.NotFound", client.get_app, "nobody")


@check
def list_apps():
    expect([app.Name for app in client.list_apps().Items] == ["copy"])
    expect(isinstance(client.list_apps("Public", "", 10).Items, list))


@check
def modify_app():
    expect(client.modify_app("copy", app_description("cp -v ${source} ${target}")).StatusCode == 200)


@check
def get_app_revisions():
    revisions = [revision.Revision for revision in client.get_app_revisions("copy").Items]
    expect(len(revisions) == 2 and len(set(revisions)) == 2, revisions)


@check
def get_app_detail():
    first, last = [revision.Revision for revision in client.get_app_revisions("copy").Items]
    commands = {client.get_app_detail("copy", str(number)).CommandLine for number in (first, last)}
    expect(commands == {"cp ${source} ${target}", "cp -v ${source} ${target}"}, commands)
    expect(client.get_app_detail("copy").CommandLine == "cp -v ${source} ${target}")


@check
def delete_app():
    expect(client.delete_app("copy").StatusCode // 100 == 2)
    refused(404, "InvalidResource.NotFound", client.get_app, "copy")


# What can be had.

@check
def get_quotas():
    quotas = client.get_quotas()
    for kinds in (quotas.AvailableClusterInstanceType, quotas.AvailableClusterInstanceSystemDiskType,
                  quotas.AvailableClusterInstanceDataDiskType, quotas.AvailableClusterResourceType,
                  quotas.AvailableSpotInstanceType):
        expect(len(kinds) > 0 and all(isinstance(kind, str) for kind in kinds), kinds)


@check
def get_available_resource():
    available = client.get_available_resource()
    first = available.AvailableClusterInstanceType[0]
    expect(first["CpuCore"] > 0 and first["MemorySize"] > 0 and first["InstanceType"], first)
    expect(first["InstanceType"] in client.get_quotas().AvailableClusterInstanceType)
    expect(available.AvailableResourceType and available.AvailableSystemDiskType)


# Images.

def image_description():
    description = ImageDescription()
    description.Name = "mine"
    description.Platform = "Linux"
    description.Description = "from the Python SDK"
    description.EcsImageId = "m-ubuntu"
    return description


@check
def create_image():
    answer = client.create_image(image_description(), "image-token")
    expect(answer.StatusCode == 201 and answer.Id.startswith("img-"), str(answer))
    expect(client.create_image(image_description(), "image-token").Id == answer.Id)


def own_image():
    return [image for image in client.easy_list("images") if image.Name == "mine"][0]


@check
def get_image():
    image = client.get_image(own_image().Id)
    expect((image.Name, image.EcsImageId, image.Platform) == ("mine", "m-ubuntu", "Linux"), str(image))
    expect(isinstance(image.OwnerId, int) and isinstance(image.CreationTime, datetime), str(image))
    refused(404, "InvalidResource.NotFound", client.get_image, "img-nobody")


@check
def list_images():
    system = client.list_images("", 100, "System").Items
    expect(len(system) > 0 and all(image.Type == "System" for image in system))
    expect("mine" not in [image.Name for image in system])
    expect([image.Name for image in client.list_images("", 100).Items] == ["mine"])


@check
def delete_image():
    id = own_image().Id
    expect(client.delete_image(id).StatusCode // 100 == 2)
    refused(404, "InvalidResource.NotFound", client.get_image, id)


# Clusters.

def cluster_description():
    group = GroupDescription()
    group.DesiredVMCount = 2
    group.InstanceType = "ecs.sn1ne.large"
    description = ClusterDescription()
    description.Name = "every-method"
    description.ImageId = "img-ubuntu"
    description.UserData = {"role": "worker"}
    description.EnvVars = {"MODE": "a"}
    description.add_group("group1", group)
    description.Configs.add_system_disk(50, "cloud_efficiency")
    return description


cluster = None


def machines(count):
    def settled():
        found = [one for one in client.list_cluster_instances(cluster, "group1", "", 100).Items
                 if one.State == "Running"]
        return found if len(found) == count else None
    return until(settled)


@check
def create_cluster():
    global cluster
    answer = client.create_cluster(cluster_description(), "cluster-token")
    cluster = answer.Id
    expect(answer.StatusCode == 201 and cluster.startswith("cls-"), str(answer))
    expect(client.create_cluster(cluster_description(), "cluster-token").Id == cluster)


@check
def get_cluster():
    found = client.get_cluster(cluster)
    group = found.get_group("group1")
    expect(found.State == "Active" and found.Name == "every-method", str(found))
    expect(group.DesiredVMCount == 2 and group.ActualVMCount <= 2, str(found))
    expect(found.UserData == {"role": "worker"} and found.EnvVars == {"MODE": "a"}, str(found))
    expect(isinstance(found.OwnerId, int) and isinstance(found.OperationLogs, list), str(found))
    expect(found.Configs.Disks.SystemDisk.Size == 50, str(found))
    refused(404, "InvalidResource.NotFound", client.get_cluster, "cls-nobody")


@check
def list_clusters():
    expect([one.Id for one in client.list_clusters("", 100).Items] == [cluster])
    expect(client.list_clusters("", 100).NextMarker == "")


@check
def list_cluster_instances():
    ids = {machine.Id for machine in machines(2)}
    first = client.list_cluster_instances(cluster, "group1", "", 1)
    second = client.list_cluster_instances(cluster, "group1", first.NextMarker, 1)
    expect({machine.Id for machine in first.Items + second.Items} == ids, ids)


@check
def get_cluster_instance():
    listed = machines(2)[0]
    machine = client.get_cluster_instance(cluster, "group1", listed.Id)
    expect(machine.Id == listed.Id and machine.State == "Running", str(machine))
    expect(machine.HostName and machine.IpAddress and machine.ErrorCode == 0, str(machine))
    expect(machine.CreationTime == listed.CreationTime and hasattr(machine, "Hint"), str(machine))


@check
def change_cluster_desired_vm_count():
    expect(client.change_cluster_desired_vm_count(cluster, group1=3).StatusCode == 200)
    expect(client.get_cluster(cluster).get_group("group1").DesiredVMCount == 3)
    machines(3)


@check
def change_cluster_spot_config():
    client.change_cluster_spot_config(cluster, "group1", "SpotWithPriceLimit", 0.6)
    group = client.get_cluster(cluster).get_group("group1")
    expect((group.SpotStrategy, group.SpotPriceLimit, group.DesiredVMCount) == ("SpotWithPriceLimit", 0.6, 3))


@check
def change_cluster_user_data():
    client.change_cluster_user_data(cluster, {"role": "other"})
    expect(client.get_cluster(cluster).UserData == {"role": "other"})


@check
def change_cluster_env_vars():
    client.change_cluster_env_vars(cluster, {"MODE": "b"})
    expect(client.get_cluster(cluster).EnvVars == {"MODE": "b"})


@check
def change_cluster_input_mapping():
    answer = client.change_cluster_input_mapping(cluster, {FOLDER + "in/": "/home/in/"})
    expect(answer.StatusCode == 200)


@check
def modify_cluster():
    change, group = ModifyClusterDescription(), ModifyGroupDescription()
    group.DesiredVMCount = 2
    change.add_group("group1", group)
    expect(client.modify_cluster(cluster, change).StatusCode == 200)
    machines(2)
    expect(client.get_cluster(cluster).ImageId == "img-ubuntu")


@check
def recreate_cluster_instance():
    before = machines(2)[0].Id
    expect(client.recreate_cluster_instance(cluster, "group1", before).StatusCode // 100 == 2)
    after = until(lambda: [one.Id for one in machines(2) if one.Id != before])
    expect(before not in after)


@check
def delete_cluster_instance():
    gone = machines(2)[0].Id
    client.delete_cluster_instance(cluster, "group1", gone)
    expect(client.get_cluster(cluster).get_group("group1").DesiredVMCount == 1)
    try:
        client.delete_cluster_instance(cluster, "group1", gone)
        raise AssertionError("deleted twice")
    except ClientError as error:
        expect(error.get_status_code() in (404, 409), error.get_status_code())


@check
def delete_cluster():
    expect(client.delete_cluster(cluster).StatusCode // 100 == 2)
    def gone():
        try:
            return client.get_cluster(cluster).State == "Deleting" and None
        except ClientError as error:
            return error.get_code() == "InvalidResource.NotFound"
    until(gone)
    expect(cluster not in [one.Id for one in client.easy_list("clusters")])


def run(function):
    try:
        function()
        return "passed"
    except Exception:
        return traceback.format_exc(limit=-3)


# The class also offers every method in camel case; that is the same function.
methods = [name for name in dir(Client)
           if not name.startswith("_") and name == name.lower() and callable(getattr(Client, name))]
results = {name: run(function) for name, function in checks.items()}
with open("/case/result.json", "w") as file:
    json.dump({"methods": {name: results.get(name, "not called") for name in methods}}, file)
