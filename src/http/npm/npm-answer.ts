import { type CountersignError, ERROR_CODES } from '../../core/errors.ts';
import { type Answer, reasonPhrase } from '../exchange.ts';

/** JSON, as every npm client expects it. */
export function npmJson(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

/**
 * A refusal that npm, pnpm, yarn and bun all show: `error` in the body, and its message as
 * reason phrase. There is no `www-authenticate`: npm replaces the text of a 401 that has one.
 * Only a read may end in 404.
 */
export function npmRefusal(error: CountersignError, isRead: boolean): Answer {
  const text = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  const { status: told } = ERROR_CODES[error.code];
  const status = isRead ? told : writeStatus(told);
  const isTemporary = status === 429 || status === 503;
  return {
    ...npmJson(status, { success: false, error: text }, isTemporary ? { 'retry-after': '30' } : {}),
    // without the hint: npm prints the phrase and then the body
    reason: reasonPhrase(error.message),
  };
}

/** Bun and npm put words of their own over a 404, and pnpm repeats a POST that got 409. */
function writeStatus(status: number): number {
  return status === 404 || status === 409 ? 403 : status;
}

/** One line of ASCII for the `npm-notice` header, which npm and bun print. */
export function npmNotice(text: string): { readonly 'npm-notice': string } {
  return { 'npm-notice': reasonPhrase(text).replaceAll(/[^\x20-\x7e]/g, '?') };
}
