/**
 * The command in what users of the vendor's render manager wrote: there the text was Python that sets `render_cmd`
 * (spec/render-manager.md). One that sets it to a plain string is taken for that string; everything else is a command.
 */
export function plainCommand(text: string): string {
  const match = /^\s*render_cmd\s*=\s*r?(['"])([^\\]*)\1\s*;?\s*$/s.exec(text);
  const [, quote = '', command] = match ?? [];
  return command === undefined || command.includes(quote) ? text : command;
}
