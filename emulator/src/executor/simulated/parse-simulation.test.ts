import { expect, test } from 'vitest';
import { parseSimulation, SimulationError } from './parse-simulation.ts';

test('nothing given means five milliseconds and no failure', () => {
  expect(parseSimulation('')).toEqual({
    duration: { min: 5, max: 5 },
    boot: { min: 0, max: 0 },
    fail: 0,
    lost: 0,
    seed: 1,
    keep: false,
  });
});

test('times have units and may be ranges', () => {
  expect(parseSimulation('duration=1.5m, boot=1s..2s,fail=0.25,lost=0.1,seed=7,keep=1')).toEqual({
    duration: { min: 90_000, max: 90_000 },
    boot: { min: 1000, max: 2000 },
    fail: 0.25,
    lost: 0.1,
    seed: 7,
    keep: true,
  });
  expect(parseSimulation('duration=10ms..1h').duration).toEqual({ min: 10, max: 3_600_000 });
});

test.each([
  'duration=5',
  'duration=2s..1s',
  'fail=2',
  'fail=no',
  'speed=9',
  'duration',
  'seed=-1',
  'keep=yes',
])('the part %s is refused by name', (text) => {
  expect(() => parseSimulation(text)).toThrow(SimulationError);
  expect(() => parseSimulation(text)).toThrow(JSON.stringify(text));
});
