import type { Command } from '../command.ts';
import type { OptionSpec } from './option-spec.ts';

/** The text of `rebatch COMMAND --help`. */
export function formatHelp(command: Command): string {
  const parts = [
    command.usage.map((line, index) => `${index === 0 ? 'Usage: ' : '       '}rebatch ${line}`).join('\n'),
    wrap(command.about, 96, ''),
    formatOptions(Object.entries({ ...command.options, help: { short: 'h', help: 'show this text' } })),
  ];
  if (command.examples !== undefined) {
    parts.push(`Examples\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  }
  return `${parts.join('\n\n')}\n`;
}

function formatOptions(options: readonly [string, OptionSpec][]): string {
  const left = options.map(([name, { value, short }]) => {
    const flag = `${short === undefined ? '    ' : `-${short}, `}--${name}`;
    return value === undefined ? flag : `${flag} ${value}`;
  });
  const width = Math.max(...left.map((text) => text.length)) + 2;
  const lines = options.map(([, { help, multiple }], index) => {
    const text = multiple === true ? `${help}; may be repeated` : help;
    return `  ${(left[index] ?? '').padEnd(width)}${wrap(text, 96 - width, ' '.repeat(width + 2))}`;
  });
  return `Options\n${lines.join('\n')}`;
}

/** Breaks at blanks so that lines hold at most `width` characters; further lines begin with `indent`. */
function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}
