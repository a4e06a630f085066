export const SERVE_USAGE = `Usage: rebatch serve [options]

Starts the BatchCompute API and the OSS gateway on this machine.

  --data DIR            where everything is kept (default: $REBATCH_DATA or ~/.rebatch)
  --host ADDRESS        address to listen on (default: 127.0.0.1)
  --api-port PORT       port of the API, 0 for any free one (default: 8700)
  --oss-port PORT       port of the OSS gateway, 0 for any free one (default: 8701)
  --executor NAME       docker or simulated (default: docker)
  --objects NAME        file, or s3: bytes go to an S3 server (default: file)
  --region NAME         region that the server plays (default: local)
  --slots N             attempts that may run at once (default: one per processor)
  --keep-jobs N         keep so many jobs that are over, the newest (default: 100000)
  --keep-days N         keep them so many days (default: 365)
  --mounts MODE         how inputs come to programs: fuse (read on demand), stage-in (copied first)
                        or auto: fuse where this machine can do it (default: auto)
  --task-keys on|off    give each task a temporary key for the places that its job names (default: on)
  --nas URL=FOLDER[@N,…] what nas://HOST[:]/PATH (smb:// …) stands for: a folder of this machine; for the accounts
                        of these numbers, else for all (repeatable; see docs/mounts.md)
  --strict-sizes        give tasks what their instance type says and no more; fail those that ask for GPUs
                        where there are none
  --max-processes N     processes and threads that a task may have (default: 4096)
  --registry-auth FILE  passwords of Docker registries, in the form of Docker's config.json
  --keep-failed N       keep so many sandboxes of failed tasks that say ReserveOnFail, for "rebatch shell"
                        (default: 8)
  --keep-failed-hours N keep them so many hours (default: 24)
  --callback-host HOST  let x-oss-callback call this host (host or host:port, * for any text; repeatable;
                        default: none)
  --vendor-hosts        also listen on ports 80 and 443 and tell the API from OSS by host name
  --help                show this text

Environment
  REBATCH_ACCESS_KEY_ID, REBATCH_ACCESS_KEY_SECRET
                        key of the first account; otherwise one is made at first start
                        and kept in DIR/credentials.json
  REBATCH_S3_ENDPOINT, REBATCH_S3_ACCESS_KEY, REBATCH_S3_SECRET_KEY
                        --objects s3: the server, http://HOST:PORT, and a key of it; also _BUCKET
                        (default: rebatch), _REGION, _ADDRESSING (path or host), _SESSION_TOKEN,
                        _REDIRECT_FROM (size from which signed links lead to the S3 server)
  REBATCH_SIMULATE      simulated executor: "duration=5ms,fail=0"
  REBATCH_LOG           error, warn, info or debug (default: info)
  REBATCH_LOG_FORMAT    text or json, one object a line (default: text)

The last line that is written to standard output at start is {"ready":true,"api":"http://…","oss":"http://…"}.
SIGTERM stops the server; programs that run in sandboxes go on, and the next start takes them over.
`;
