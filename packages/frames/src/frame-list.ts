/** Frame numbers in render order, none of them twice. */
export type FrameList = readonly number[];

/** The most frames that one list may hold (spec/render.md §1). */
export const MAX_FRAMES = 1_000_000;

/**
 * The most frames that one list may mention, repeats counted. `1-100x10,1-100` mentions 110 and holds 100; without this
 * bound a short text such as `1-1000000,` written a thousand times would keep a server busy for minutes.
 */
export const MAX_MENTIONS = 10_000_000;

/** Frame numbers and steps are 32-bit in every renderer; a longer number is a slip of the hand. */
export const MAX_FRAME_NUMBER = 2_147_483_647;
