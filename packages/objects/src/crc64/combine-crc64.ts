/** Reflected polynomial of CRC-64/XZ (0x42F0E1EBA9EA3693 the other way round; spec/oss.md §1.10). */
const POLYNOMIAL = 0xc96c5795d7870f42n;
const WIDTH = 64;

/** A linear map over GF(2): entry `i` is the image of bit `i`. */
type Matrix = readonly bigint[];

function apply(matrix: Matrix, vector: bigint): bigint {
  let sum = 0n;
  for (let bit = 0; vector !== 0n; bit += 1, vector >>= 1n) {
    if ((vector & 1n) !== 0n) {
      sum ^= matrix[bit] ?? 0n;
    }
  }
  return sum;
}

/** `powers[n]` is the map "2^n zero bytes follow". */
const powers: Matrix[] = [];

function zeroBytes(exponent: number): Matrix {
  const known = powers[exponent];
  if (known !== undefined) {
    return known;
  }
  const made = exponent === 0 ? oneZeroByte() : square(zeroBytes(exponent - 1));
  powers[exponent] = made;
  return made;
}

function oneZeroByte(): Matrix {
  const oneBit = Array.from({ length: WIDTH }, (_, bit) => (bit === 0 ? POLYNOMIAL : 1n << BigInt(bit - 1)));
  return square(square(square(oneBit)));
}

function square(matrix: Matrix): Matrix {
  return matrix.map((column) => apply(matrix, column));
}

/**
 * The CRC-64/XZ of A followed by B, from the CRC of each and the length of B in bytes; no data is read again
 * (spec/oss.md §1.10). Takes time in the logarithm of the length.
 */
export function combineCrc64(first: bigint, second: bigint, secondLength: number): bigint {
  let shifted = first;
  let rest = BigInt(secondLength);
  for (let exponent = 0; rest !== 0n; exponent += 1, rest >>= 1n) {
    if ((rest & 1n) !== 0n) {
      shifted = apply(zeroBytes(exponent), shifted);
    }
  }
  return shifted ^ second;
}
