import type { Command, RawCommand } from './command.ts';

export interface CommandEntry {
  name: string;
  summary: string;
  /** Loads the command's own code, and only when it is asked for. */
  load: () => Promise<Command | RawCommand>;
}

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'render',
    summary: 'render an animation and bring the pictures home',
    load: async () => (await import('./commands/render.ts')).renderCommand,
  },
  {
    name: 'submit',
    summary: 'submit a job: a description in JSON, or one command line',
    load: async () => (await import('./commands/submit.ts')).submitCommand,
  },
  {
    name: 'plan',
    summary: 'say what a job would run, where and how long, without running it',
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    name: 'jobs',
    summary: 'list jobs, the newest first',
    load: async () => (await import('./commands/jobs.ts')).jobsCommand,
  },
  {
    name: 'job',
    summary: 'show one job with its tasks and instances',
    load: async () => (await import('./commands/job.ts')).jobCommand,
  },
  {
    name: 'why',
    summary: 'say why a job waits',
    load: async () => (await import('./commands/why.ts')).whyCommand,
  },
  {
    name: 'logs',
    summary: 'print what programs wrote, -f as they write it',
    load: async () => (await import('./commands/logs.ts')).logsCommand,
  },
  {
    name: 'shell',
    summary: 'look into a running or failed instance, or a machine of a cluster',
    load: async () => (await import('./commands/shell.ts')).shellCommand,
  },
  {
    name: 'reserved',
    summary: 'list failed instances whose sandboxes are kept',
    load: async () => (await import('./commands/reserved.ts')).reservedCommand,
  },
  {
    name: 'stop',
    summary: 'stop jobs',
    load: async () => (await import('./commands/change-jobs.ts')).stopCommand,
  },
  {
    name: 'start',
    summary: 'start stopped or failed jobs again; what is finished is not repeated',
    load: async () => (await import('./commands/change-jobs.ts')).startCommand,
  },
  {
    name: 'delete',
    summary: 'delete jobs that are over',
    load: async () => (await import('./commands/change-jobs.ts')).deleteCommand,
  },
  {
    name: 'cp',
    summary: 'copy files to and from the object store',
    load: async () => (await import('./commands/cp.ts')).cpCommand,
  },
  {
    name: 'ls',
    summary: 'list buckets and objects',
    load: async () => (await import('./commands/ls.ts')).lsCommand,
  },
  {
    name: 'cat',
    summary: 'print an object',
    load: async () => (await import('./commands/cat.ts')).catCommand,
  },
  {
    name: 'sync',
    summary: 'make a folder and a prefix alike',
    load: async () => (await import('./commands/sync.ts')).syncCommand,
  },
  {
    name: 'rm',
    summary: 'delete objects',
    load: async () => (await import('./commands/rm.ts')).rmCommand,
  },
  {
    name: 'stat',
    summary: 'say what is known of an object',
    load: async () => (await import('./commands/stat.ts')).statCommand,
  },
  {
    name: 'versioning',
    summary: 'make a bucket keep what is overwritten or deleted',
    load: async () => (await import('./commands/versioning.ts')).versioningCommand,
  },
  {
    name: 'undelete',
    summary: 'bring back what was deleted from a bucket that keeps versions',
    load: async () => (await import('./commands/undelete.ts')).undeleteCommand,
  },
  {
    name: 'sign',
    summary: 'print an address that works without a key for a while',
    load: async () => (await import('./commands/sign.ts')).signCommand,
  },
  {
    name: 'du',
    summary: 'add up what lies below a prefix',
    load: async () => (await import('./commands/du.ts')).duCommand,
  },
  {
    name: 'mb',
    summary: 'make a bucket',
    load: async () => (await import('./commands/buckets.ts')).mbCommand,
  },
  {
    name: 'rb',
    summary: 'remove a bucket',
    load: async () => (await import('./commands/buckets.ts')).rbCommand,
  },
  {
    name: 'apps',
    summary: 'list, show, register, compare, export and delete Apps',
    load: async () => (await import('./commands/apps.ts')).appsCommand,
  },
  {
    name: 'clusters',
    summary: 'list clusters',
    load: async () => (await import('./commands/clusters.ts')).clustersCommand,
  },
  {
    name: 'cluster',
    summary: 'show, create, resize and delete a cluster',
    load: async () => (await import('./commands/cluster.ts')).clusterCommand,
  },
  {
    name: 'events',
    summary: 'show what happens, -f as it happens; webhooks and messages that were given up',
    load: async () => (await import('./commands/events.ts')).eventsCommand,
  },
  {
    name: 'images',
    summary: 'say which container images img-… and m-… stand for',
    load: async () => (await import('./commands/images.ts')).imagesCommand,
  },
  {
    name: 'keys',
    summary: 'accounts: access keys, temporary keys, quotas',
    load: async () => (await import('./commands/keys.ts')).keysCommand,
  },
  {
    name: 'limits',
    summary: 'limit how many attempts use a licence at once',
    load: async () => (await import('./commands/limits.ts')).limitsCommand,
  },
  {
    name: 'oss',
    summary: 'check the bytes of the local object store, and clear up what nothing points to',
    load: async () => (await import('./commands/oss.ts')).ossCommand,
  },
  {
    name: 'registry',
    summary: 'run a Docker registry whose storage is a prefix of the object store',
    load: async () => (await import('./commands/registry.ts')).registryCommand,
  },
  {
    name: 'serve',
    summary: 'run the server on this machine',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'export',
    summary: 'write jobs and Apps as lines of JSON',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'import',
    summary: 'take in what export wrote',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  {
    name: 'backup',
    summary: 'copy the job store, also while the server runs',
    load: async () => (await import('./commands/backup.ts')).backupCommand,
  },
  {
    name: 'doctor',
    summary: 'say what is missing on this machine and how to get it',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
];
