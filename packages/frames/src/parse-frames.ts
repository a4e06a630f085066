import { expandElement } from './expand-element.ts';
import { countFrames, type FrameElement } from './frame-element.ts';
import { type FrameList, MAX_FRAMES, MAX_MENTIONS } from './frame-list.ts';
import { parseElement } from './parse-element.ts';
import { Scanner } from './scanner.ts';

/**
 * Reads a frame list: the union of what render managers write (spec/render.md §1). Frames come in order of first mention,
 * each once, so `1-100x10,1-100` is a preview first and then the rest.
 * @throws FrameSyntaxError with column, what was found and what would fit; also for a list of no frame, and for one of more
 * than {@link MAX_FRAMES} frames, which is refused before it is built.
 */
export function parseFrames(text: string): FrameList {
  const scanner = new Scanner(text);
  scanner.takeBlanks();
  const first = parseElement(scanner);
  const frames = [...expandElement(first)];
  if (!takeSeparator(scanner)) return frames;
  const rest = new DistinctFrames(frames, scanner);
  do {
    const position = scanner.position;
    rest.add(parseElement(scanner), position);
  } while (takeSeparator(scanner));
  return rest.inOrder();
}

/** Takes a comma with or without blanks, or blanks alone. False at the end of the text. */
function takeSeparator(scanner: Scanner): boolean {
  scanner.takeBlanks();
  if (scanner.take(',')) {
    scanner.takeBlanks();
    return true;
  }
  return !scanner.atEnd();
}

class DistinctFrames {
  readonly #frames: Set<number>;
  readonly #scanner: Scanner;
  #mentions: number;

  constructor(frames: FrameList, scanner: Scanner) {
    this.#frames = new Set(frames);
    this.#scanner = scanner;
    this.#mentions = frames.length;
  }

  add(element: FrameElement, position: number): void {
    this.#mentions += countFrames(element);
    if (this.#mentions > MAX_MENTIONS) {
      const found = `more than ${MAX_MENTIONS} frames with repeats counted`;
      throw this.#scanner.troubleAt(position, found, 'a shorter list');
    }
    for (const frame of expandElement(element)) {
      this.#frames.add(frame);
      if (this.#frames.size > MAX_FRAMES) {
        const found = `more than ${MAX_FRAMES} frames`;
        throw this.#scanner.troubleAt(position, found, `at most ${MAX_FRAMES} frames`);
      }
    }
  }

  inOrder(): FrameList {
    return [...this.#frames];
  }
}
