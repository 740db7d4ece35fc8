/**
 * Whether a pipeline's pattern of tags lets versions through and nothing else. Read and not run: a
 * pattern of a file may take for ever.
 */

const LENGTH_MAX = 300;
const NUMBER =
  '(?:\\(?(?:\\?:)?(?:\\\\d|\\[0-9\\]|\\[\\\\d\\])(?:[+*]|\\{\\d{0,3},?\\d{0,3}\\})?\\)?|\\(?(?:\\?:)?0\\|\\[1-9\\](?:\\\\d|\\[0-9\\])[*]\\)?)';
const DOT = '(?:\\\\\\.|\\[\\.\\])';
/** Letters before the version, and brackets around it. */
const START = '[(?:]{0,4}(?:[A-Za-z0-9_@/-]|\\\\[/@-]){0,60}[()?[\\]vV]{0,8}';
/** Whatever is asked for behind the version, but nothing that could be more of a number. */
const END = '(?:(?:-|\\\\[-+]|[(|)]).{0,160})?';
const STRICT = new RegExp(
  `^/\\^${START}${NUMBER}${DOT}${NUMBER}${DOT}${NUMBER}${END}(?<!\\.[*+]\\)?)\\$\\)?/[a-z]*$`,
);

/**
 * What is loose about a filter, in one clause; null for a strict pattern, for a plain name, and for a
 * variable that files do not show.
 */
export function looseness(filter: string): string | null {
  if (filter === '*') return 'any tag';
  if (!filter.startsWith('/') || filter.length > LENGTH_MAX) return null;
  return STRICT.test(filter) ? null : `any tag that ${filter} is found in`;
}
