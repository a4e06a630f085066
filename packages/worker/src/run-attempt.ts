import type { AttemptOutcome, AttemptSpec } from './attempt.ts';
import type { AttemptDeps, AttemptSignals } from './attempt-deps.ts';
import { AttemptFailure } from './attempt-failure.ts';
import { type AttemptFolder, attemptFolder } from './attempt-folder.ts';
import { checkBuckets } from './check-buckets.ts';
import { type AttemptStage, attemptStage, hasBegun } from './attempt-stage.ts';
import { decideOutcome, type KillReason } from './decide-outcome.ts';
import { DISK_FULL, failureOf } from './failure-of.ts';
import { giveKey, takeKeyOn } from './key/give-key.ts';
import { writeJsonFile } from './json-file.ts';
import { lacksRoom } from './lacks-room.ts';
import { openLogs } from './open-logs.ts';
import {
  adoptPrepared,
  clearPrepared,
  discardFiles,
  type PreparedAttempt,
  prepareAttempt,
} from './prepare-attempt.ts';
import { provideImage } from './provide-image.ts';
import { readExitCode } from './read-exit-code.ts';
import { SandboxError } from './sandbox/sandbox-error.ts';
import { sandboxSpec } from './sandbox/sandbox-spec.ts';
import { settledBefore, settleSpec } from './settle-spec.ts';
import type { SandboxEnd } from './sandbox/sandboxes.ts';
import { Results } from './results.ts';
import { supervise } from './supervise.ts';

/**
 * The life of one attempt: prepares its files, runs its program in a sandbox, streams its logs, stores its results.
 * Emits `started` when the program does, and at last `ended`, whatever happens. Called again for the same attempt, by
 * this process or a later one, it goes on where the attempt stands; a program is never started twice.
 */
export async function runAttempt(
  spec: AttemptSpec,
  deps: AttemptDeps,
  signals: AttemptSignals,
): Promise<void> {
  const outcome = await outcomeOf(spec, deps, signals).finally(() => deps.keys?.revoke(spec.id));
  if (outcome === undefined) return;
  deps.emit({ type: 'ended', attemptId: spec.id, at: deps.clock.now(), outcome });
}

/** Undefined when the attempt was let go. */
async function outcomeOf(
  spec: AttemptSpec,
  deps: AttemptDeps,
  signals: AttemptSignals,
): Promise<AttemptOutcome | undefined> {
  try {
    const folder = attemptFolder(deps.attemptsFolder, spec.id, deps.sharedFolder);
    const stage = await attemptStage(spec, folder, deps.sandboxes);
    if (stage.at === 'ended') return stage.outcome;
    const cut = AbortSignal.any([signals.stop, signals.letGo]);
    const outcome = await goOn(stage, spec, folder, deps, signals, cut).catch(async (error: unknown) => {
      if (signals.letGo.aborted) throw error;
      const failure = outcomeOfError(error, signals.stop);
      // The room that it took is what its end needs to be written down, here and in the server's store.
      if (failure.kind === 'failed' && failure.code === DISK_FULL.code)
        await discardFiles(folder, deps.mounter);
      return failure;
    });
    if (signals.letGo.aborted) return undefined;
    await writeJsonFile(folder.outcomeFile, outcome);
    return outcome;
  } catch (error) {
    return signals.letGo.aborted ? undefined : outcomeOfError(error, signals.stop);
  }
}

function outcomeOfError(error: unknown, stop: AbortSignal): AttemptOutcome {
  if (stop.aborted) return { kind: 'stopped' };
  if (error instanceof SandboxError && error.reason === 'gone')
    return { kind: 'lost', message: error.message };
  return { kind: 'failed', ...failureOf(error) };
}

/** From wherever the attempt stands to its outcome. Throws what stops it; `cut` ends file work early. */
async function goOn(
  stage: Exclude<AttemptStage, { at: 'ended' }>,
  spec: AttemptSpec,
  folder: AttemptFolder,
  deps: AttemptDeps,
  signals: AttemptSignals,
  cut: AbortSignal,
): Promise<AttemptOutcome> {
  const prepared = await prepare(stage, spec, folder, deps, cut);
  const results = await Results.open(spec, folder, prepared, deps);
  try {
    const program = () => untilEnd(stage, spec, deps, signals.stop);
    const end = await results.during(() => withLogs(program, spec, folder, deps, signals.letGo), cut);
    if (end.killed === undefined && (await lacksRoom(folder))) {
      throw new AttemptFailure(DISK_FULL.code, DISK_FULL.message);
    }
    const outcome = decideOutcome({
      ...end,
      exitCode: await readExitCode(folder.exitCode),
      begun: await hasBegun(folder),
      timeoutSeconds: spec.timeoutSeconds,
      onWindows: prepared.layout.contract === 'windows',
    });
    await storeAll(outcome, results, cut, signals.letGo);
    return outcome;
  } finally {
    await results.close();
  }
}

/** Streams the logs while the program runs, and to their end when it has ended. */
async function withLogs<T>(
  program: () => Promise<T>,
  spec: AttemptSpec,
  folder: AttemptFolder,
  deps: AttemptDeps,
  letGo: AbortSignal,
): Promise<T> {
  const logs = await openLogs(spec, folder, deps);
  try {
    return await program();
  } finally {
    await logs.finish(letGo);
  }
}

async function prepare(
  stage: Exclude<AttemptStage, { at: 'ended' }>,
  spec: AttemptSpec,
  folder: AttemptFolder,
  deps: AttemptDeps,
  cut: AbortSignal,
): Promise<PreparedAttempt> {
  if (stage.at === 'sandbox' || stage.at === 'gone') {
    takeKeyOn(spec, deps);
    return adoptPrepared(await settledBefore(spec, folder), folder, deps, cut);
  }
  if (stage.at === 'half-prepared') await clearPrepared(folder, deps.mounter);
  await checkBuckets(spec, deps.objects);
  const image = await provideImage(spec, deps, cut);
  const settled = await settleSpec({ ...spec, image }, folder, deps.images);
  const prepared = await prepareAttempt(settled, folder, deps, cut);
  await giveKey(spec, folder, deps);
  await deps.sandboxes.create(sandboxSpec(settled, folder, prepared, deps.ossHost()));
  return prepared;
}

/** Starts the sandbox if that is still to be done, and waits for its end. */
async function untilEnd(
  stage: Exclude<AttemptStage, { at: 'ended' }>,
  spec: AttemptSpec,
  deps: AttemptDeps,
  stop: AbortSignal,
): Promise<{ sandbox: SandboxEnd | undefined; killed: KillReason | undefined }> {
  const killed = stop.aborted ? 'stopped' : undefined;
  if (stage.at === 'gone') return { sandbox: undefined, killed };
  const state = stage.at === 'sandbox' ? stage.state : undefined;
  let startedAt = state?.phase === 'created' ? undefined : state?.startedAt;
  if (state === undefined || state.phase === 'created') {
    stop.throwIfAborted();
    await deps.sandboxes.start(spec.id);
    startedAt = deps.clock.now();
  }
  startedAt ??= deps.clock.now();
  deps.emit({ type: 'started', attemptId: spec.id, at: startedAt, nodeIp: deps.nodeIp() });
  if (state?.phase === 'ended') return { sandbox: state, killed };
  return supervise(spec, startedAt, deps, stop);
}

/**
 * Outputs are stored also when the program failed: the frames of a render that died at its last are worth having (the
 * spec leaves it open, §12.2). Not when somebody stopped it; what was up early stays. Logs in any case.
 */
async function storeAll(
  outcome: AttemptOutcome,
  results: Results,
  cut: AbortSignal,
  letGo: AbortSignal,
): Promise<void> {
  try {
    if (outcome.kind === 'exited' || outcome.kind === 'killed') await results.storeOutputs(cut);
  } finally {
    if (outcome.kind !== 'lost') await results.storeLogs(letGo);
  }
}
