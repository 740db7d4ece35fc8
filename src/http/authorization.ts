import { CountersignError } from '../core/errors.ts';

const MAX_LENGTH = 8192;

/**
 * The token of an `Authorization` header: of `Bearer`, or the password of `Basic`, which is how
 * Python clients and npm's old `_auth` send one. Null without a header. Throws 'unauthenticated'
 * for another scheme or an empty token.
 */
export function tokenOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const [, scheme = '', value = ''] =
    /^([A-Za-z]{1,16}) +([\x21-\x7e]+)$/.exec(header.trim()) ?? [];
  if (header.length <= MAX_LENGTH && value !== '') {
    if (scheme.toLowerCase() === 'bearer') return value;
    if (scheme.toLowerCase() === 'basic') return passwordOf(value);
  }
  throw new CountersignError(
    'unauthenticated',
    'the authorization header holds neither a bearer token nor a basic password',
    { hint: 'send "Authorization: Bearer TOKEN", or Basic with the token as password' },
  );
}

function passwordOf(value: string): string {
  // the user name is whatever the client likes to say (`__token__`, a login): only the token counts
  const text = Buffer.from(value, 'base64').toString('utf8');
  const password = text.slice(text.indexOf(':') + 1);
  if (text.includes(':') && /^[\x21-\x7e]+$/.test(password)) return password;
  throw new CountersignError(
    'unauthenticated',
    'the basic authorization header has no password in which a token could be',
    { hint: 'use any user name and the token as password' },
  );
}
