/**
 * A document with an element at its end that it does not have: the vendor always names these when it gives settings back,
 * and clients read them without a look.
 */
export function withDefault(document: string, root: string, element: string, value: string): string {
  const end = `</${root}>`;
  const at = document.lastIndexOf(end);
  return at < 0 || document.includes(`<${element}`)
    ? document
    : `${document.slice(0, at)}<${element}>${value}</${element}>${document.slice(at)}`;
}
