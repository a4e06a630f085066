import type { AttemptSpec } from './attempt.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import type { SettledSpec } from './contract.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** Decides the attempt's contract by its image, and notes it: the image may be another one when a later process goes on. */
export async function settleSpec(
  spec: AttemptSpec,
  folder: Pick<AttemptFolder, 'contractFile'>,
  images: AttemptDeps['images'],
): Promise<SettledSpec> {
  if ((await images?.platformOf(spec.image)) !== 'windows') return spec;
  await writeJsonFile(folder.contractFile, 'windows');
  return onWindows(spec);
}

/** What {@link settleSpec} decided for an attempt that was prepared before. */
export async function settledBefore(
  spec: AttemptSpec,
  folder: Pick<AttemptFolder, 'contractFile'>,
): Promise<SettledSpec> {
  const noted = await readJsonFile<'windows'>(folder.contractFile);
  return noted === undefined ? spec : onWindows(spec);
}

/** Wine gives Windows programs the names in whatever character set they ask for, and wants UTF-8 itself. */
function onWindows(spec: AttemptSpec): SettledSpec {
  const inputs = spec.inputs.map((input) => ({ ...input, charset: 'utf-8' as const }));
  return { ...spec, inputs, charset: 'utf-8', contract: 'windows' };
}
