import type { Control } from '../../control/control.ts';

/** A Control that has only the given verbs; any other is a failure of the test. */
export function controlWith(verbs: Partial<Control>): Control {
  return {
    submitJob: refuse,
    listJobs: refuse,
    getJob: refuse,
    getJobDescription: refuse,
    changeJobPriority: refuse,
    startJob: refuse,
    stopJob: refuse,
    deleteJob: refuse,
    listTasks: refuse,
    getTask: refuse,
    listInstances: refuse,
    getInstance: refuse,
    createApp: refuse,
    listApps: refuse,
    getApp: refuse,
    getAppDetail: refuse,
    getAppRevisions: refuse,
    modifyApp: refuse,
    deleteApp: refuse,
    createImage: refuse,
    listImages: refuse,
    getImage: refuse,
    deleteImage: refuse,
    createCluster: refuse,
    listClusters: refuse,
    getCluster: refuse,
    modifyCluster: refuse,
    deleteCluster: refuse,
    listClusterInstances: refuse,
    getClusterInstance: refuse,
    deleteClusterInstance: refuse,
    recreateClusterInstance: refuse,
    getQuotas: refuse,
    getAvailable: refuse,
    ...verbs,
  };
}

async function refuse(): Promise<never> {
  throw new Error('the test did not expect this verb');
}
