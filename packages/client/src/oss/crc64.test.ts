import { expect, test } from 'vitest';
import { crc64Of } from './crc64.ts';

test('gives the check value of CRC-64/XZ and 0 for nothing', async () => {
  expect(await crc64Of(Buffer.from('123456789'))).toBe('11051210869376104954');
  expect(await crc64Of(Buffer.alloc(0))).toBe('0');
});
