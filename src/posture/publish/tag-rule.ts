/** What a tag filter lets in, tried with tags that nobody meant. */
import { matchesTagFilter } from '../../core/tag-filter.ts';

/** Tags that are no strict semantic version with a `v` before it. */
const PROBES = ['v1', 'vfoo', 'v1.2', 'v1.2.3.4', 'v1.2.3evil', 'release-1', '1.2', 'nightly'];
/** Put behind whatever text a filter begins with. */
const ENDINGS = ['foo', '1', '1.2', '1.2.3.4', '1.2.3evil'];
const STRICT = '[0-9]+.[0-9]+.[0-9]+';

/**
 * A tag that the filter lets in although it names no version; null for a strict filter, for one
 * without wildcards, and for one that cannot be read. `exceptions`: the filters with `!` beside it.
 */
export function looseTag(filter: string, exceptions: readonly string[]): string | null {
  if (!/[*?+[]/.test(filter)) return null;
  const start = literalStart(filter);
  const probes = [...ENDINGS.map((ending) => start + ending), ...PROBES];
  try {
    return probes.find((probe) => matchesTagFilter([filter, ...exceptions], probe)) ?? null;
  } catch {
    // a filter that GitHub refuses starts nothing
    return null;
  }
}

/** The filter that takes strict versions alone and begins alike; null where nobody can tell. */
export function strictFilter(filter: string): string | null {
  const start = literalStart(filter);
  if (start === '')
    return /^(?:\*\.|\[0-9\])/.test(filter) ? STRICT : /^\*+$/.test(filter) ? `v${STRICT}` : null;
  return /[0-9.]$/.test(start) ? null : start + STRICT;
}

function literalStart(filter: string): string {
  const at = filter.search(/[*?+[\\!]/);
  if (at === -1) return filter;
  // `?` and `+` repeat the character before them
  return filter.slice(0, filter[at] === '?' || filter[at] === '+' ? at - 1 : at);
}
