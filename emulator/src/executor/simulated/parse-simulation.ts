/** How simulated attempts go. */
export interface Simulation {
  /** Milliseconds that a program runs, drawn evenly between the two. */
  duration: { min: number; max: number };
  /** Milliseconds that a machine takes to boot, a cluster's or the temporary one of an attempt, drawn evenly. */
  boot: { min: number; max: number };
  /** Chance of an attempt to end with exit code 1. */
  fail: number;
  /** Chance of an attempt to be lost half-way. */
  lost: number;
  /** What chance is drawn from: the same seed gives the same night. */
  seed: number;
  /** Sandboxes outlive the server, as containers do; their story is kept in DIR/simulation.log. */
  keep: boolean;
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * Reads REBATCH_SIMULATE (architecture.md §6): `duration=5ms,fail=0`, with `duration=5ms..2s` for a range, and `boot`,
 * `lost`, `seed` and `keep=1`. What is not given stays: 5 ms, machines at once, no failure, nothing kept.
 *
 * @throws {SimulationError} naming the part that cannot be read.
 */
export function parseSimulation(text: string): Simulation {
  const simulation: Simulation = {
    duration: { min: 5, max: 5 },
    boot: { min: 0, max: 0 },
    fail: 0,
    lost: 0,
    seed: 1,
    keep: false,
  };
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [, key = '', value = ''] = /^([a-z]+)=(.+)$/.exec(part) ?? [];
    switch (key) {
      case 'duration':
      case 'boot':
        simulation[key] = parseRange(part, value);
        break;
      case 'fail':
      case 'lost':
        simulation[key] = parseNumber(part, value, 1);
        break;
      case 'seed':
        simulation.seed = parseNumber(part, value, 0xffff_ffff);
        break;
      case 'keep':
        simulation.keep = parseNumber(part, value, 1) === 1;
        break;
      default:
        throw new SimulationError(part, 'use duration, boot, fail, lost, seed or keep');
    }
  }
  return simulation;
}

/** Thrown when REBATCH_SIMULATE cannot be read. */
export class SimulationError extends Error {
  constructor(part: string, why: string) {
    super(`REBATCH_SIMULATE: ${JSON.stringify(part)} cannot be read: ${why}.`);
    this.name = 'SimulationError';
  }
}

function parseRange(part: string, value: string): Simulation['duration'] {
  const [from = '', to = from] = value.split('..');
  const min = parseDuration(part, from);
  const max = parseDuration(part, to);
  if (max < min) throw new SimulationError(part, 'the second time is shorter than the first');
  return { min, max };
}

function parseDuration(part: string, value: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value) ?? [];
  if (number === undefined || (unit !== 'ms' && unit !== 's' && unit !== 'm' && unit !== 'h')) {
    throw new SimulationError(part, 'a time looks like 5ms, 2s, 1.5m or 1h');
  }
  return Number(number) * UNITS[unit];
}

function parseNumber(part: string, value: string, max: number): number {
  const number = Number(value);
  if (!(number >= 0 && number <= max)) throw new SimulationError(part, `it must be in [0, ${max}]`);
  return number;
}
