import { chance } from './chance.ts';
import type { Simulation } from './parse-simulation.ts';

/** Milliseconds that the machine of this name takes to boot. */
export function bootTime({ boot: { min, max }, seed }: Simulation, name: string): number {
  return Math.round(min + chance(seed, name)() * (max - min));
}
