/** Path and query of a target; a client that takes the server for a proxy sends `http://host/path`. */
export function originForm(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, '') || '/';
}
