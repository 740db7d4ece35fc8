/** Verifies CI tokens against the keys that their issuer shows. The only part of it that talks. */
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  exportJWK,
  type JWTVerifyGetKey,
  jwtVerify,
  type RemoteJWKSet,
} from 'jose';
import { fetch } from 'undici';
import { TOKEN_MAX_AGE_SECONDS } from '../core/ci-rules.ts';
import { CountersignError } from '../core/errors.ts';
import { isLoopbackHost } from '../core/upstream-address.ts';
import { JWT_ALGORITHMS, JWT_MAX_LENGTH } from '../formats/jwt.ts';
import type { CiTokens } from '../gateway/ports.ts';

const ANSWER_MAX_BYTES = 256 * 1024;
const ANSWER_WITHIN_MS = 5000;
/** A key that is not known makes us ask again, but not more often than this. */
const COOLDOWN_MS = 30_000;
const KEYS_MAX_AGE_MS = 600_000;

/** Keeps each issuer's keys for ten minutes. */
export function createCiTokens(): CiTokens {
  const issuers = new Map<string, Promise<JWTVerifyGetKey>>();
  const keysOf = (issuer: string): Promise<JWTVerifyGetKey> => {
    const known = issuers.get(issuer);
    if (known !== undefined) return known;
    const found = discoverKeys(issuer);
    issuers.set(issuer, found);
    // an issuer that was away is asked again by the next token
    found.catch(() => issuers.delete(issuer));
    return found;
  };
  return {
    async verify(token, issuer, audiences, at) {
      if (token.length > JWT_MAX_LENGTH) {
        throw unverified(`at most ${JWT_MAX_LENGTH} characters are taken`);
      }
      const keys = await keysOf(issuer);
      try {
        const { key } = await jwtVerify(token, keys, {
          algorithms: [...JWT_ALGORITHMS],
          issuer,
          audience: [...audiences],
          currentDate: new Date(at),
          maxTokenAge: TOKEN_MAX_AGE_SECONDS,
          clockTolerance: 60,
          requiredClaims: ['exp', 'iat', 'jti'],
        });
        return publicMembers(await exportJWK(key));
      } catch (cause) {
        throw explain(cause, issuer);
      }
    },
  };
}

/** Asks `issuer` for its keys. Throws `issuer-unreachable` where it does not show them. */
export async function probeIssuer(issuer: string): Promise<void> {
  await (await discoverKeys(issuer)).reload();
}

/** OpenID Connect Discovery 1.0, section 4: the issuer says where its keys are. */
async function discoverKeys(issuer: string): Promise<RemoteJWKSet> {
  const { origin } = requireAddress(issuer, issuer);
  const response = await fetchBounded(`${issuer}/.well-known/openid-configuration`, issuer);
  const found: unknown = await response.json().catch(() => null);
  const { issuer: named, jwks_uri: uri } = (found ?? {}) as Readonly<Record<string, unknown>>;
  if (named !== issuer || typeof uri !== 'string') {
    throw unreachable(issuer, 'its configuration names another issuer or no keys');
  }
  const address = requireAddress(uri, issuer);
  if (address.origin !== origin) throw unreachable(issuer, 'its keys are at another host');
  return createRemoteJWKSet(address, {
    timeoutDuration: ANSWER_WITHIN_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    [customFetch]: (url) => fetchBounded(url, issuer),
  });
}

function requireAddress(text: string, issuer: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:') return url;
  if (url?.protocol === 'http:' && isLoopbackHost(url.hostname)) return url;
  throw unreachable(issuer, 'expected an https address');
}

/** One answer, whole, without redirects: a bounded copy of it. */
async function fetchBounded(url: string, issuer: string): Promise<Response> {
  let bytes: Uint8Array[];
  let status: number;
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    status = response.status;
    bytes = await readBounded(response.body ?? []);
  } catch (cause) {
    throw unreachable(issuer, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (status !== 200) throw unreachable(issuer, `expected status 200, found ${status}`);
  return new Response(Buffer.concat(bytes));
}

async function readBounded(body: AsyncIterable<Uint8Array> | readonly Uint8Array[]) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > ANSWER_MAX_BYTES)
      throw new Error(`its answer has more than ${ANSWER_MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return chunks;
}

/** What a verifier needs of a key, and nothing that an issuer writes beside it. */
function publicMembers(jwk: object): Readonly<Record<string, string>> {
  const wanted = new Set(['kty', 'crv', 'n', 'e', 'x', 'y']);
  return Object.fromEntries(
    Object.entries(jwk).filter(
      (entry): entry is [string, string] => wanted.has(entry[0]) && typeof entry[1] === 'string',
    ),
  );
}

function explain(cause: unknown, issuer: string): CountersignError {
  if (cause instanceof CountersignError) return cause;
  if (cause instanceof errors.JWTClaimValidationFailed) {
    return unverified(`its claim ${cause.claim} is not the expected one`, cause);
  }
  if (cause instanceof errors.JWTExpired) return unverified('it has expired or is too old', cause);
  if (
    cause instanceof errors.JWKSNoMatchingKey ||
    cause instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return unverified(`it names no key that ${issuer} shows`, cause);
  }
  if (cause instanceof errors.JWSSignatureVerificationFailed) {
    return unverified(`its signature is not of a key that ${issuer} shows`, cause);
  }
  if (cause instanceof errors.JOSEAlgNotAllowed) {
    return unverified(`it is not signed with ${JWT_ALGORITHMS.join(' or ')}`, cause);
  }
  if (cause instanceof errors.JWKSTimeout) return unreachable(issuer, 'it did not answer', cause);
  return unverified('it cannot be read', cause);
}

function unverified(reason: string, cause?: unknown): CountersignError {
  return new CountersignError('unauthenticated', `the identity token is not taken: ${reason}`, {
    hint: 'ask the CI for a new token, for the audience that GET /_/oidc/audience names',
    cause,
  });
}

function unreachable(issuer: string, reason: string, cause?: unknown): CountersignError {
  return new CountersignError('issuer-unreachable', `${issuer} could not be asked: ${reason}`, {
    hint: 'the gateway must reach the issuer of its CI bindings; countersign doctor asks it too',
    cause,
  });
}
