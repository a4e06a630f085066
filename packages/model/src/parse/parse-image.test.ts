import { expect, test } from 'vitest';
import { isImageId, newImageId } from '../images.ts';
import { parseImageDescription } from './parse-image.ts';

const GOOD = { Name: 'studio', EcsImageId: 'm-28sm92ds' };

test('an image gets its defaults', () => {
  expect(parseImageDescription({ ...GOOD, Description: null, More: 1 })).toEqual({
    ...GOOD,
    Description: '',
    Platform: 'Linux',
  });
});

test.each([
  [{ EcsImageId: 'm-1' }, 'MissingName'],
  [{ ...GOOD, Name: '' }, 'MissingName'],
  [{ ...GOOD, Name: '1st' }, 'InvalidName'],
  [{ ...GOOD, Name: 'x'.repeat(65) }, 'InvalidName'],
  [{ ...GOOD, Name: 7 }, 'InvalidName'],
  [{ Name: 'a' }, 'MissingEcsImageId'],
  [{ ...GOOD, EcsImageId: 'a b' }, 'InvalidEcsImageId'],
  [{ ...GOOD, Platform: 'Plan9' }, 'InvalidPlatform'],
  [[], 'InvalidHttpBody'],
])('%j is refused as %s', (body, code) => {
  expect(() => parseImageDescription(body)).toThrow(expect.objectContaining({ status: 400, code }));
});

test('ids are told from container images by their form', () => {
  expect(isImageId(newImageId())).toBe(true);
  expect(newImageId()).not.toBe(newImageId());
  expect(['img-ubuntu', 'm-28sm92ds'].every(isImageId)).toBe(true);
  expect(['ubuntu', 'rebatch/img-ubuntu:latest', 'img-', 'm-a/b'].some(isImageId)).toBe(false);
});
