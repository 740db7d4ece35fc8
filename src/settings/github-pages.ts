/** The two forms in which GitHub pages a list, and the one list that stands in three places. */
import { integer, list, type Reader } from '../core/shape.ts';
import type { Observation, SecretEntry } from '../posture/settings.ts';
import { fallback, label, moment, part } from './foreign-shape.ts';
import type { Page, SettingsHttp } from './settings-http.ts';

/** The version that is asked for; GitHub Enterprise Server speaks it too. */
export const GITHUB_HEADERS = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
};

/** `owner/name`, and nothing that leads elsewhere in a path. */
export const GITHUB_REPOSITORY = /^[A-Za-z0-9][\w.-]{0,99}\/(?!\.{1,2}$)[\w.-]{1,100}$/;

/** Most entries that one page may have, whatever was asked for. */
const PAGE_MAX = 1_000;

/** `field` null: the answer is the list itself; otherwise an object with it and `total_count`. */
export function githubPage<T, U>(
  field: string | null,
  entry: Reader<T>,
  make: (entry: T) => U,
): Reader<Page<U>> {
  const entries = list(entry, PAGE_MAX);
  if (field === null) {
    return (value, path) => ({ items: entries(value, path).map(make), total: null });
  }
  const counted = part({ total_count: fallback(integer(0), null) });
  return (value, path) => ({
    items: (part({ [field]: entries })(value, path)[field] ?? []).map(make),
    total: counted(value, path).total_count,
  });
}

/**
 * "List repository secrets", "... organization secrets", "List environment secrets"
 * (docs.github.com/rest/actions/secrets): names and times; GitHub has no call for a value.
 */
export function secretEntries(
  http: SettingsHttp,
  path: string,
): Promise<Observation<readonly SecretEntry[]>> {
  return http.list({
    path: `${path}?per_page=100`,
    needsToken: true,
    shape: githubPage(
      'secrets',
      part({ name: label, created_at: fallback(moment, null), updated_at: fallback(moment, null) }),
      (one) => ({
        name: one.name,
        createdAt: one.created_at,
        updatedAt: one.updated_at,
        guard: null,
      }),
    ),
  });
}
