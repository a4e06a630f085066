import type { Size } from '../plan-resize.ts';

/** One byte of opacity for each pixel of a picture whose corners are rounded off by `radius` pixels, with smooth edges. */
export function roundedMask({ width, height }: Size, radius: number): Uint8Array {
  const mask = new Uint8Array(width * height).fill(255);
  for (let row = 0; row < Math.min(radius, height); row += 1) {
    for (let column = 0; column < Math.min(radius, width); column += 1) {
      // From the middle of the pixel to the middle of the circle that touches both sides.
      const distance = Math.hypot(radius - column - 0.5, radius - row - 0.5);
      const opacity = Math.round(255 * Math.min(1, Math.max(0, radius - distance + 0.5)));
      if (opacity === 255) {
        break;
      }
      const [right, below] = [width - 1 - column, height - 1 - row];
      mask[row * width + column] = opacity;
      mask[row * width + right] = opacity;
      mask[below * width + column] = opacity;
      mask[below * width + right] = opacity;
    }
  }
  return mask;
}
