/** What forges and registries say in the headers of an answer. */
import { oneHeader } from '../upstream/answer-text.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The target of `rel="next"` (RFC 8288 section 3), as it stands there; null for the last page. */
export function nextPage(link: string): string | null {
  if (link.length > 8_192) return null;
  for (const one of link.split(/,(?=\s*<)/)) {
    const match = /^\s*<([^<>]*)>\s*;(.*)$/.exec(one);
    if (match !== null && /(?:^|;)\s*rel="?next"?\s*(?:;|$)/i.test(match[2] ?? '')) {
      return match[1] ?? null;
    }
  }
  return null;
}

/**
 * What the endpoint takes: `x-accepted-github-permissions` names rights of fine-grained tokens and
 * apps (docs.github.com, "Permissions required for fine-grained personal access tokens"),
 * `x-accepted-oauth-scopes` scopes of classic ones. Null where neither says so.
 */
export function missingRight(headers: Headers): string | null {
  const rights = cleanList(oneHeader(headers['x-accepted-github-permissions']));
  if (rights !== null) return `the right ${rights}`;
  const scopes = cleanList(oneHeader(headers['x-accepted-oauth-scopes']));
  return scopes === null ? null : `the scope ${scopes}`;
}

function cleanList(text: string): string | null {
  return /^[a-z][a-z_:=,; ]{0,200}$/.test(text) ? text.replace(/\s*;\s*/g, ' or ') : null;
}

/** npm asks for a one-time password by `www-authenticate: OTP`. */
export function asksSecondFactor(headers: Headers): boolean {
  return /\botp\b/i.test(oneHeader(headers['www-authenticate']));
}

/** A secondary limit of GitHub that names no end: its documentation asks for a minute at least. */
const UNNAMED_WAIT_MS = 60_000;

/** `until`: RFC 3339 in UTC. */
export interface RateLimit {
  readonly waitMs: number;
  readonly until: string;
}

/**
 * Whether a 403 or 429 is a rate limit and when it ends: `retry-after` in seconds or as a date,
 * GitHub's `x-ratelimit-reset`, GitLab's `ratelimit-reset`, both in seconds since 1970 (docs.github.com,
 * "Rate limits for the REST API"; docs.gitlab.com, "Rate limits", headers). Null for a refusal.
 */
export function limitOf(
  headers: Headers,
  words: string,
  status: number,
  now: string,
): RateLimit | null {
  const remaining = ['x-ratelimit-remaining', 'ratelimit-remaining'].map((name) =>
    oneHeader(headers[name]).trim(),
  );
  const after = oneHeader(headers['retry-after']).trim();
  const limited = after !== '' || remaining.includes('0') || /rate limit/i.test(words);
  if (status !== 429 && !limited) return null;
  const reset = oneHeader(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']).trim();
  const start = Date.parse(now);
  const end = endOf(after, remaining.includes('0') ? reset : '', start);
  return { waitMs: Math.max(0, end - start), until: new Date(end).toISOString() };
}

/** Within a day from `start`, whatever the server says. */
function endOf(after: string, reset: string, start: number): number {
  const within = (end: number): number =>
    Math.min(Math.max(end, start), start + 24 * 60 * 60 * 1000);
  if (/^\d{1,9}$/.test(after)) return within(start + Number(after) * 1000);
  const date = after === '' ? Number.NaN : Date.parse(after);
  if (!Number.isNaN(date)) return within(date);
  if (/^\d{1,12}$/.test(reset)) return within(Number(reset) * 1000);
  return start + UNNAMED_WAIT_MS;
}
