/**
 * Upper bounds of what a description may hold. Where the vendor's number is known, it is cited; the others are ours
 * (spec §20.1, point 4: unknown), wide enough for real work and narrow enough to keep a hostile body harmless.
 */

/** spec §6. */
export const MAX_PRIORITY = 1000;
/** Characters; spec §20.2, job name length. */
export const MAX_DAG_JOB_NAME = 64;
/** Characters; spec §20.2. */
export const MAX_APP_JOB_NAME = 100;
/** Characters, clusters, groups and Apps; spec §6. */
export const MAX_NAME = 64;
/** Characters; spec §6. */
export const MAX_TASK_NAME = 32;
/** Characters; spec §6, AppName in a job. */
export const MAX_APP_REFERENCE = 1024;
/** Characters, Apps and App jobs; spec §6. */
export const MAX_APP_DESCRIPTION = 1000;
/** Characters, elsewhere; ours. */
export const MAX_DESCRIPTION = 4096;
/** Entries of InputParameters, OutputParameters and an App's EnvVars; spec §6, §20.2. */
export const MAX_APP_ENTRIES = 50;
/** Characters of an App parameter's or variable's name; spec §6. */
export const MAX_APP_KEY = 100;
/** Characters of an App's CommandLine, Docker.Image, RegistryOSSPath and of one variable's value; spec §6. */
export const MAX_APP_TEXT = 1000;
/** VMs of a group; spec §20.2, DesiredVMCount. */
export const MAX_VM_COUNT = 65_536;
/** Characters; spec §6, IdempotentToken. */
export const MAX_IDEMPOTENT_TOKEN = 64;
/** Items of one page; spec §4.4. */
export const MAX_PAGE = 100;
/** Items of one page when the client names no number; spec §4.4. */
export const DEFAULT_PAGE = 50;

/** Tasks of one DAG; ours. */
export const MAX_TASKS = 1000;
/** Successors named in Dependencies, all together; ours. */
export const MAX_EDGES = 100_000;
/** Instances of one task; ours: as many as a frame list may have frames (spec/render.md §1). */
export const MAX_INSTANCE_COUNT = 1_000_000;
/** Seconds: 24 days, the longest that one timer of 32-bit milliseconds can count; ours. */
export const MAX_TIMEOUT = 2_073_600;
/** Re-runs of one instance; ours. */
export const MAX_RETRY_COUNT = 1000;
/** Characters of one value of the environment and of a task's command line: what Linux passes as one string; ours. */
export const MAX_PROCESS_TEXT = 131_071;
/** Characters of a short text that is only kept and given back (ids, types, image names, endpoints); ours. */
export const MAX_TEXT = 1024;
/** Entries of EnvVars and UserData; ours. */
export const MAX_VARIABLES = 1000;
/** Entries of InputMapping, OutputMapping, LogMapping and Mounts; ours (one mount per input file, spec/clients.md §6.3). */
export const MAX_MAPPINGS = 10_000;
/** Groups of a cluster; the error text of spec §17.1 speaks of sizes in [1, 64]; ours. */
export const MAX_GROUPS = 64;
/** Events of one notification and other short lists; ours. */
export const MAX_LIST = 100;
/** Characters of a path inside the sandbox: Linux' PATH_MAX; ours. */
export const MAX_LOCAL_PATH = 4096;
/** Bytes of an object's name in UTF-8; spec/oss.md §3 (PutObject). */
export const MAX_OBJECT_KEY = 1023;
/** GB of one disk; sizes are kept, not enforced, so this is wider than the vendor's 500 and 1024; ours. */
export const MAX_DISK_SIZE = 32_768;
/** Limits that one task may count against; ours. */
export const MAX_LIMIT_NAMES = 16;
