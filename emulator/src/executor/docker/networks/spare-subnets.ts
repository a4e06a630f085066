/**
 * Subnets of 254 addresses for networks that the engine finds none for, without those that are `taken`: 512 of a range that is
 * kept for measuring devices (RFC 2544), so that no machine of a studio has an address of it.
 */
export function* spareSubnets(taken: readonly (string | undefined)[]): Generator<string> {
  for (const second of [18, 19]) {
    for (let third = 0; third < 256; third++) {
      const subnet = `198.${second}.${third}.0/24`;
      if (!taken.includes(subnet)) yield subnet;
    }
  }
}
