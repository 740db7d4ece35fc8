/** A passkey in software whose assertions can be wrong in every part. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeySettings } from '../src/core/policy.ts';
import type { Passkey } from '../src/core/roster.ts';
import type { SignedStatement } from '../src/evidence/signed-statement.ts';
import { encodeBase64, encodeBase64url, encodeHex } from '../src/formats/base64.ts';
import { concatBytes } from '../src/formats/bytes.ts';
import { paeOfStatement, STATEMENT_PAYLOAD_TYPE } from '../src/formats/dsse.ts';
import type { PasskeyAlgorithm } from '../src/formats/spki.ts';
import {
  encodeAssertion,
  type PasskeyAssertion,
  type PasskeyKey,
} from '../src/formats/webauthn.ts';

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

/** Where the passkeys of tests approve. */
export const PASSKEY_SETTINGS: PasskeySettings = {
  relyingParty: 'approve.example.com',
  origins: ['https://approve.example.com'],
};

export interface TestPasskey extends PasskeyKey {
  readonly privateKey: KeyObject;
  /** As a person of the roster has it. */
  readonly inRoster: { readonly passkeys: readonly Passkey[] };
  /** A statement signed on the approval page, or with parts that are wrong. */
  sign(payload: Uint8Array, parts?: Partial<AssertionParts>): SignedStatement;
  assert(parts: AssertionParts): PasskeyAssertion;
}

function keyPair(algorithm: PasskeyAlgorithm) {
  if (algorithm === -7) return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (algorithm === -8) return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export function createTestPasskey(
  algorithm: PasskeyAlgorithm = -7,
  settings: PasskeySettings = PASSKEY_SETTINGS,
): TestPasskey {
  const { publicKey, privateKey } = keyPair(algorithm);
  const credentialId = encodeBase64url(randomBytes(32));
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const { relyingParty } = settings;
  const passkey: TestPasskey = {
    credentialId,
    algorithm,
    publicKey: spki,
    privateKey,
    inRoster: {
      passkeys: [
        {
          kind: 'webauthn',
          credentialId,
          publicKey: encodeBase64(spki),
          algorithm,
          relyingParty,
        },
      ],
    },
    sign(payload, parts) {
      const assertion = passkey.assert({
        challenge: sha256(paeOfStatement(payload)),
        origin: settings.origins[0] ?? '',
        relyingParty,
        ...parts,
      });
      const keyid = `webauthn:${encodeHex(sha256(spki))}`;
      return {
        signature: 'webauthn',
        envelope: {
          payloadType: STATEMENT_PAYLOAD_TYPE,
          payload,
          signature: { keyid, sig: encodeAssertion(assertion) },
        },
      };
    },
    assert(parts) {
      const clientDataJSON = new TextEncoder().encode(parts.clientDataText ?? clientDataOf(parts));
      const authenticatorData = concatBytes(
        sha256(parts.relyingParty),
        Uint8Array.of(parts.flags ?? 0x05, 0, 0, 0, 7),
        parts.behind ?? new Uint8Array(),
      );
      const signed = concatBytes(authenticatorData, sha256(clientDataJSON));
      const hash = algorithm === -8 ? null : 'sha256';
      const signature = new Uint8Array(sign(hash, signed, privateKey));
      return { credentialId, authenticatorData, clientDataJSON, signature };
    },
  };
  return passkey;
}

function sha256(bytes: Uint8Array | string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
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
