/**
 * Bearer secrets that the gateway makes: 256 random bits behind a prefix that says what they are
 * (so that a scanner finds them) and never stored, only their SHA-256.
 */
import type { Hasher } from '../core/crypto.ts';
import type { Sha256 } from '../core/names.ts';
import { encodeBase64url, encodeHex } from '../formats/base64.ts';
import { encodeUtf8 } from '../formats/text.ts';

/**
 * `session` is a terminal's, `browser` stands in a cookie, `link` is good once: none of the three
 * is taken where another is expected.
 */
export type TokenKind = 'upload' | 'project' | 'session' | 'browser' | 'link';

const PREFIX: Readonly<Record<TokenKind, string>> = {
  upload: 'csu_',
  project: 'csp_',
  session: 'css_',
  browser: 'csb_',
  link: 'csl_',
};

export const TOKEN_RANDOM_BYTES = 32;

/** `random` must hold 32 bytes of a cryptographic source. */
export function createToken(kind: TokenKind, random: Uint8Array): string {
  return `${PREFIX[kind]}${encodeBase64url(random)}`;
}

/** What a presented token claims to be; null for anything that is not one of ours. */
export function tokenKind(token: string): TokenKind | null {
  if (!/^cs[a-z]_[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const found = Object.entries(PREFIX).find(([, prefix]) => token.startsWith(prefix));
  return (found?.[0] as TokenKind | undefined) ?? null;
}

/** How the store knows a token. The token has 256 bits, so a plain hash cannot be guessed back. */
export async function hashToken(hasher: Hasher, token: string): Promise<Sha256> {
  return encodeHex(await hasher.sha256(encodeUtf8(token))) as Sha256;
}
