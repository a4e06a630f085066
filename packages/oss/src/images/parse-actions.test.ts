import { expect, test } from 'vitest';
import { ImageProblemError } from './image-problems.ts';
import { parseActions } from './parse-actions.ts';

function refusal(text: string): { code: string; ec: string | undefined } {
  try {
    parseActions(text);
  } catch (error) {
    if (error instanceof ImageProblemError) {
      return { code: error.problem.code, ec: error.problem.ec };
    }
    throw error;
  }
  throw new Error(`${text} was not refused`);
}

test('actions are read in their order, with their parameters', () => {
  expect(parseActions('resize,m_fill,w_100,h_50,limit_0/rotate,90/format,png')).toEqual([
    { kind: 'resize', mode: 'fill', width: 100, height: 50, limited: false, color: 'FFFFFF' },
    { kind: 'rotate', degrees: 90 },
    { kind: 'format', format: 'png' },
  ]);
  // The parameter r is in the vendor's own tests, and in none of its documents.
  expect(parseActions('crop,w_100,h_100,x_100,y_100,r_1')).toEqual([
    { kind: 'crop', width: 100, height: 100, x: 100, y: 100, gravity: 'nw' },
  ]);
  expect(parseActions('quality,q_90,Q_80')).toEqual([{ kind: 'quality', relative: 90, absolute: 80 }]);
  expect(parseActions('bright,-50/indexcrop,x_100,y_30,i_2')).toEqual([
    { kind: 'bright', value: -50 },
    { kind: 'indexcrop', axis: 'y', length: 30, index: 2 },
  ]);
});

test.each([
  ['', '0040-00000212'],
  ['slim,1', '0040-00000213'],
  ['__proto__,1', '0040-00000213'],
  ['constructor', '0040-00000213'],
  ['rotate,90,200,300', '0040-00000203'],
  ['rotate,abc', '0040-00000217'],
  ['rotate,400', '0040-00000217'],
  ['resize,w_100/auto-orient', '0040-00000215'],
  ['auto-orient,10', '0040-00000215'],
  ['format', '0040-00000207'],
  ['format,dng', '0040-00000206'],
  ['crop,w_500,g_fac', '0040-00000209'],
  ['crop,w_-1', '0040-00000225'],
  ['crop,h_abc', '0040-00000226'],
  ['indexcrop,x_0', '0040-00000230'],
  ['circle,r_abc', '0040-00000233'],
  ['rounded-corners,r_5000', '0040-00000237'],
  ['resize,w_100,m_abc', '0040-00000311'],
  ['resize,w_0', '0040-00000312'],
  ['resize,w_1e3', '0040-00000312'],
  ['resize,l_0', '0040-00000314'],
  ['resize,s_0', '0040-00000315'],
  ['resize,p_0', '0040-00000317'],
  ['resize,w_100,limit_3', '0040-00000319'],
  ['resize,m_lfit', '0040-00000321'],
])('%s is an invalid argument, by the number that the vendor gives it', (text, ec) => {
  expect(refusal(text)).toEqual({ code: 'InvalidArgument', ec });
});

test.each([
  'resize,w_100,color_red',
  'quality',
  'quality,q_0',
  'blur,r_3',
  'blur,r_3,s_51',
  'contrast,101',
  'sharpen,49',
  'interlace,2',
  'resize,w_100/info',
  'rotate,1/'.repeat(21),
])('%s is an invalid argument', (text) => {
  expect(refusal(text)).toEqual({ code: 'InvalidArgument', ec: undefined });
});

test.each(['watermark,text_SGVsbG8', 'average-hue', 'format,heic', 'format,bmp'])(
  '%s is said not to be served',
  (text) => {
    expect(refusal(text).code).toBe('NotImplemented');
  },
);
