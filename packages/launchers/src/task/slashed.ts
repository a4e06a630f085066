/** A Windows path in the form in which paths are compared here: `/`, one at a time, and a small drive letter. */
export function slashed(path: string): string {
  if (!/^[A-Za-z]:/.test(path)) return path;
  return (
    path.charAt(0).toLowerCase() +
    path
      .slice(1)
      .replaceAll('\\', '/')
      .replace(/\/{2,}/g, '/')
  );
}
