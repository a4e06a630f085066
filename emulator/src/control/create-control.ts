import { availableView, quotasView } from '@rebatch/model';
import { clusterControl } from './clusters/cluster-control.ts';
import type { ControlOptions } from './context.ts';
import type { Control } from './control.ts';
import { createApp } from './create-app.ts';
import { deleteApp } from './delete-app.ts';
import { getApp, getAppDetail, getAppRevisions } from './get-app.ts';
import { getInstance } from './get-instance.ts';
import { getJobDescription } from './get-job-description.ts';
import { getJob } from './get-job.ts';
import { getTask } from './get-task.ts';
import { createImage, deleteImage, getImage, listImages } from './images.ts';
import { listApps } from './list-apps.ts';
import { listInstances } from './list-instances.ts';
import { listJobs } from './list-jobs.ts';
import { listTasks } from './list-tasks.ts';
import { modifyApp } from './modify-app.ts';
import { submitJob } from './submit-job.ts';

/** What a caller can ask for, over a store and a scheduler. */
export function createControl(options: ControlOptions): Control {
  const { scheduler } = options;
  return {
    submitJob: (caller, description, token) => submitJob(options, caller, description, token),
    listJobs: async (caller, filter, page) => listJobs(options, caller, filter, page),
    getJob: async (caller, jobId) => getJob(options, caller, jobId),
    getJobDescription: async (caller, jobId) => getJobDescription(options, caller, jobId),
    changeJobPriority: ({ owner }, jobId, priority) => scheduler.changePriority(owner, jobId, priority),
    startJob: ({ owner }, jobId) => scheduler.startJob(owner, jobId),
    stopJob: ({ owner }, jobId) => scheduler.stopJob(owner, jobId),
    deleteJob: ({ owner }, jobId) => scheduler.deleteJob(owner, jobId),
    listTasks: async (caller, jobId, filter, page) => listTasks(options, caller, jobId, filter, page),
    getTask: async (caller, jobId, taskName) => getTask(options, caller, jobId, taskName),
    listInstances: async (caller, jobId, taskName, filter, page) =>
      listInstances(options, caller, jobId, taskName, filter, page),
    getInstance: async (caller, jobId, taskName, instanceId) =>
      getInstance(options, caller, jobId, taskName, instanceId),

    createApp: async (caller, description, token) => createApp(options, caller, description, token),
    listApps: async (caller, scope, page) => listApps(options, caller, scope, page),
    getApp: async (caller, name, scope) => getApp(options, caller, name, scope),
    getAppDetail: async (caller, name, qualifier) => getAppDetail(options, caller, name, qualifier),
    getAppRevisions: async (caller, name) => getAppRevisions(options, caller, name),
    modifyApp: async (caller, name, description) => modifyApp(options, caller, name, description),
    deleteApp: async (caller, name, qualifier) => deleteApp(options, caller, name, qualifier),

    createImage: async (caller, description, token) => createImage(options, caller, description, token),
    listImages: async (caller, type, page) => listImages(options, caller, type, page),
    getImage: async (caller, imageId) => getImage(options, caller, imageId),
    deleteImage: async (caller, imageId) => deleteImage(options, caller, imageId),

    ...clusterControl(options),

    getQuotas: async () => quotasView(),
    getAvailable: async () => availableView(),
  };
}
