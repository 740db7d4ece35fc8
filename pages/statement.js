// The statement that a passkey signs. The gateway composes it too; this page signs only what it
// has put together itself, from what it shows.
import {
  canonical,
  encodeText,
  equal,
  fromBase64,
  preAuthenticationEncoding,
  sha256,
  toBase64,
} from './bytes.js';
import { askPasskey } from './passkey.js';

const CLOCK_SKEW_MS = 600_000;

function statementOf(subject, purpose, predicate) {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: `urn:countersign:${purpose}:v1`,
    predicate,
  };
}

// Bytes of the approval of what `shown` has, for the times and the ledger that the gateway names.
export function approvalOf(shown, decision, given) {
  const { manifest, manifestDigest } = shown;
  const subject = [
    { name: 'manifest', digest: { sha256: manifestDigest } },
    ...manifest.artifacts.map((one) => ({
      name: one.file,
      digest: { sha256: one.sha256, sha512: one.sha512 },
    })),
  ];
  const predicate = {
    schema: 'countersign/approval/v1',
    genesis: manifest.genesis,
    manifest: manifestDigest,
    release: manifest.release,
    attempt: manifest.attempt,
    person: shown.person.id,
    ...decision,
    client: 'browser',
    issuedAt: given.issuedAt,
    expiresAt: given.expiresAt,
    checkpointSeen: given.checkpointSeen,
  };
  return encodeText(canonical(statementOf(subject, 'approval', predicate)));
}

export function enrolmentOf(genesis, person, key, relyingParty, issuedAt) {
  const subject = [{ name: 'genesis', digest: { sha256: genesis } }];
  const predicate = {
    schema: 'countersign/enrolment/v1',
    genesis,
    person,
    ...key,
    relyingParty,
    issuedAt,
  };
  return encodeText(canonical(statementOf(subject, 'enrolment', predicate)));
}

// The payload that the gateway composed, where it is byte for byte ours. `compose` is given the
// gateway's predicate and takes nothing from it but times and ledger.
export function agreedPayload(base64, compose, maxSeconds) {
  const payload = fromBase64(base64);
  const { predicate } = JSON.parse(new TextDecoder().decode(payload));
  const lifeMs =
    Date.parse(predicate.expiresAt ?? predicate.issuedAt) - Date.parse(predicate.issuedAt);
  const awayMs = Math.abs(Date.now() - Date.parse(predicate.issuedAt));
  if (!(awayMs <= CLOCK_SKEW_MS) || !(lifeMs <= maxSeconds * 1000)) {
    throw new Error(
      'The times of the statement are not those of now. Check the clock; nothing was signed.',
    );
  }
  if (!equal(payload, compose(predicate))) {
    throw new Error(
      'The gateway wants something else signed than this page shows. Nothing was signed: tell the others.',
    );
  }
  return payload;
}

// Asks the passkey to sign; the statement as the gateway takes it. `keyOf` names the key id.
export async function sign(payload, relyingParty, credentialIds, keyOf) {
  const challenge = await sha256(preAuthenticationEncoding(payload));
  const assertion = await askPasskey(relyingParty, challenge, credentialIds);
  const signature = canonical({
    credentialId: assertion.credentialId,
    authenticatorData: toBase64(assertion.authenticatorData),
    clientDataJSON: toBase64(assertion.clientDataJSON),
    signature: toBase64(assertion.signature),
  });
  return {
    signature: 'webauthn',
    envelope: {
      payload: toBase64(payload),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ keyid: keyOf(assertion.credentialId), sig: toBase64(encodeText(signature)) }],
    },
  };
}
