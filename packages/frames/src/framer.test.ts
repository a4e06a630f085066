import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameSyntaxError, parseFrames, splitFrames } from './index.ts';
import { anyFrameText } from './testing/frame-texts.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Python 2 is gone from most distributions; where one is on PATH, it is held to the same answers. */
const interpreters = ['python3', 'python2.7', 'python2', 'pypy'].filter(
  (name) => run(name, ['-c', '']).status === 0,
);

interface Case {
  readonly text: string;
  readonly returnType: 'list' | 'range';
  readonly instance: number;
  readonly count: number;
}

type Outcome = { piece: number[]; isRange: boolean } | { refused: string } | { exit: number };

describe.each(interpreters)('framer.py under %s', (python) => {
  test('gives the same pieces as the TypeScript for thousands of lists', () => {
    const cases = [
      ...fc.sample(anyCase(anyFrameText), { numRuns: 3000, seed: 1 }),
      ...fc.sample(anyCase(brokenText), { numRuns: 1500, seed: 2 }),
    ];
    const { stdout, stderr } = run(python, [join(here, 'testing/framer-driver.py')], JSON.stringify(cases));
    const outcomes: unknown = JSON.parse(stdout || JSON.stringify(stderr));
    expect(outcomes).toEqual(cases.map(expectedOutcome));
  });

  test('takes the instance from the environment, as the original does', () => {
    const program =
      "from framer import parseFrames; print(' '.join(map(lambda x:str(x), parseFrames('1,3,5-10'))))";
    expect(runAsInstance(python, program, '1', '2').stdout).toBe('7 8 9 10\n');
  });

  test('says that there is nothing to do to a surplus instance, and exits 0', () => {
    const program = "from framer import parseFrames; parseFrames('1-2'); print('rendering')";
    expect(runAsInstance(python, program, '2', '3')).toMatchObject({
      status: 0,
      stdout: 'Nothing to do, exit\n',
    });
  });

  test('refuses two million frames at once and says why', () => {
    const program = "from framer import parseFrames; parseFrames('1-2000000')";
    const { status, stderr } = runAsInstance(python, program, '0', '1');
    expect(status).toBe(1);
    expect(stderr).toContain('column 1: found 2000000 frames; at most 1000000 frames would fit');
  });
});

test('framer.py is held against at least one Python 3', () => {
  expect(interpreters).toContain('python3');
});

const brokenText = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789-.,: xy~@bystepvr\té')),
  maxLength: 12,
});

function anyCase(texts: fc.Arbitrary<string>): fc.Arbitrary<Case> {
  return fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.record({
      text: texts,
      returnType: fc.constantFrom('list', 'range'),
      instance: fc.integer({ min: 0, max: count - 1 }),
      count: fc.constant(count),
    }),
  );
}

function expectedOutcome({ text, returnType, instance, count }: Case): Outcome {
  try {
    const piece = splitFrames(parseFrames(text), count, instance);
    const [first] = piece;
    const last = piece.at(-1);
    if (first === undefined || last === undefined) return { exit: 0 };
    const contiguous = piece.every((frame, index) => frame === first + index);
    if (returnType === 'range' && !text.includes(',') && contiguous)
      return { piece: [first, last], isRange: true };
    return { piece: [...piece], isRange: false };
  } catch (error) {
    if (error instanceof FrameSyntaxError) return { refused: error.message };
    throw error;
  }
}

function runAsInstance(python: string, program: string, id: string, count: string): ReturnType<typeof run> {
  return run(python, ['-B', '-c', program], '', {
    PYTHONPATH: join(here, '..'),
    BATCH_COMPUTE_DAG_INSTANCE_ID: id,
    BATCH_COMPUTE_DAG_INSTANCE_COUNT: count,
  });
}

function run(
  command: string,
  args: string[],
  input = '',
  env: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, ...env },
  });
}
