/**
 * The client data of a passkey assertion (WebAuthn Level 3, section 5.8.1): what the browser saw.
 * Browsers may add members, so that it has no canonical form; what is read here must be
 * unambiguous instead.
 */
import { CountersignError } from '../core/errors.ts';
import { decodeUtf8, quoteForeign } from './text.ts';

/** The members that are judged; others are allowed and ignored, save `topOrigin`. */
export interface ClientData {
  readonly type: string;
  /** Base64url as the browser wrote it. */
  readonly challenge: string;
  readonly origin: string;
  /** Whether the page stood in a frame of another origin; false where it does not say. */
  readonly crossOrigin: boolean;
  /** The outer page of such a frame; null where there is none. */
  readonly topOrigin: string | null;
}

const MAX_BYTES = 4096;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gsu;

/**
 * Reads it. Throws 'malformed-signature' for what is over 4 KiB, not UTF-8, no JSON object, has
 * one key twice, or lacks a member of the right type.
 */
export function decodeClientData(bytes: Uint8Array): ClientData {
  if (bytes.length > MAX_BYTES) malformed(`is over ${MAX_BYTES} bytes`);
  const text = textOf(bytes);
  const value = objectOf(text);
  requireDistinctKeys(text);
  const { type, challenge, origin, crossOrigin = false, topOrigin = null } = value;
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string') {
    malformed('lacks type, challenge or origin');
  }
  if (typeof crossOrigin !== 'boolean') malformed('has a crossOrigin that is neither yes nor no');
  if (topOrigin !== null && typeof topOrigin !== 'string') malformed('has a topOrigin of no kind');
  return { type, challenge, origin, crossOrigin, topOrigin };
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    return malformed('is not UTF-8', cause);
  }
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    malformed('is not JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    malformed('is no JSON object');
  }
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

/** JSON.parse keeps the last of two equal keys, another reader the first. `text` is good JSON. */
function requireDistinctKeys(text: string): void {
  const keys = new Set<string>();
  let depth = 0;
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1) {
      const key: unknown = JSON.parse(before);
      if (keys.has(String(key))) malformed(`has the key ${quoteForeign(String(key))} twice`);
      keys.add(String(key));
    }
    before = token;
  }
}

function malformed(problem: string, cause?: unknown): never {
  throw new CountersignError('malformed-signature', `the client data of the passkey ${problem}`, {
    cause,
  });
}
