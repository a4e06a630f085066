/**
 * Numbers in [0, 1) that depend on nothing but the seed and the text: an attempt has the same fate however many others
 * were drawn before it.
 */
export function chance(seed: number, text: string): () => number {
  let state = seed >>> 0;
  for (let i = 0; i < text.length; i++) state = mix(state ^ text.charCodeAt(i));
  return () => {
    state = (state + 0x9e37_79b9) >>> 0;
    return mix(state) / 0x1_0000_0000;
  };
}

/** Spreads a change of any bit over all 32. */
function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
