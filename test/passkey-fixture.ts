/** A passkey in software whose assertions can be wrong in every part. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { encodeBase64url } from '../src/formats/base64.ts';
import { concatBytes } from '../src/formats/bytes.ts';
import type { PasskeyAlgorithm } from '../src/formats/spki.ts';
import type { PasskeyAssertion, PasskeyKey } from '../src/formats/webauthn.ts';

/** What an assertion says; what is not named is as it should be. */
export interface AssertionParts {
  readonly challenge: Uint8Array;
  readonly origin: string;
  readonly relyingParty: string;
  readonly type?: string;
  /** Further members of the client data, or others in place of those that are there. */
  readonly clientData?: Readonly<Record<string, unknown>>;
  /** The client data as it stands, whatever the rest says. */
  readonly clientDataText?: string;
  /** User present and verified where absent. */
  readonly flags?: number;
  /** Bytes after the counter. */
  readonly behind?: Uint8Array;
}

export interface TestPasskey extends PasskeyKey {
  readonly privateKey: KeyObject;
  assert(parts: AssertionParts): PasskeyAssertion;
}

function keyPair(algorithm: PasskeyAlgorithm) {
  if (algorithm === -7) return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (algorithm === -8) return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export function createTestPasskey(algorithm: PasskeyAlgorithm = -7): TestPasskey {
  const { publicKey, privateKey } = keyPair(algorithm);
  const credentialId = encodeBase64url(randomBytes(32));
  return {
    credentialId,
    algorithm,
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    privateKey,
    assert(parts) {
      const clientDataJSON = new TextEncoder().encode(parts.clientDataText ?? clientDataOf(parts));
      const authenticatorData = concatBytes(
        new Uint8Array(createHash('sha256').update(parts.relyingParty).digest()),
        Uint8Array.of(parts.flags ?? 0x05, 0, 0, 0, 7),
        parts.behind ?? new Uint8Array(),
      );
      const signed = concatBytes(
        authenticatorData,
        new Uint8Array(createHash('sha256').update(clientDataJSON).digest()),
      );
      const hash = algorithm === -8 ? null : 'sha256';
      const signature = new Uint8Array(sign(hash, signed, privateKey));
      return { credentialId, authenticatorData, clientDataJSON, signature };
    },
  };
}

export function clientDataOf(parts: AssertionParts): string {
  return JSON.stringify({
    type: parts.type ?? 'webauthn.get',
    challenge: encodeBase64url(parts.challenge),
    origin: parts.origin,
    crossOrigin: false,
    ...parts.clientData,
  });
}
