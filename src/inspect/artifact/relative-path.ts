/** Paths inside of a package as people and scripts write them. */

/** The path without `.`, `..`, doubled and backward slashes; '.' for the top itself, null for one
 * that is absolute or leads out. */
export function insidePath(path: string): string | null {
  const kept: string[] = [];
  if (/^[\\/]/.test(path)) return null;
  for (const segment of path.split(/[\\/]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.pop() === undefined) return null;
  }
  return kept.length === 0 ? '.' : kept.join('/');
}
