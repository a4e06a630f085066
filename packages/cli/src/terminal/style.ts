import { styleText } from 'node:util';
import type { Io } from '../io.ts';

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** Colours text when the terminal shows colours. */
export function styler(io: Io): (style: Style, text: string) => string {
  return (style, text) => (io.colour ? styleText(style, text, { validateStream: false }) : text);
}
