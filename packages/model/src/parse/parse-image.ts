import { Field } from '../field.ts';
import { IMAGE_PLATFORMS, type ImageDescription } from '../images.ts';
import { MAX_DESCRIPTION, MAX_TEXT } from '../limits.ts';
import { IMAGE_NAME } from '../names.ts';

/**
 * The body of POST /images. Name is needed, as the error table has it (spec/batchcompute-api.md §17.3).
 * @throws WireError 400 with the code of spec §17 for the first field that cannot be used.
 */
export function parseImageDescription(body: unknown): ImageDescription {
  const field = Field.ofBody(body);
  return {
    Name: field.at('Name').requiredText(IMAGE_NAME),
    Description: field.at('Description').text({ max: MAX_DESCRIPTION }) ?? '',
    EcsImageId: field.at('EcsImageId').requiredText({
      max: MAX_TEXT,
      pattern: { matches: /^[^\s\0]+$/, why: 'It must not contain blanks.' },
    }),
    Platform: field.at('Platform').choice(IMAGE_PLATFORMS) ?? 'Linux',
  };
}
