// Asking the browser for a passkey, with the device verifying the person each time.
import { encodeText, fromBase64url, sha256, toBase64, toBase64url } from './bytes.js';

const TIMEOUT_MS = 120_000;

// A fresh key: { credentialId, publicKey, algorithm }. Its proof is the signature that follows.
export async function createPasskey(relyingParty, person, purpose) {
  if (window.PublicKeyCredential === undefined) throw new Error('This browser has no passkeys.');
  const userId = (await sha256(encodeText(`${purpose} ${person.id}`))).slice(0, 16);
  const credential = await navigator.credentials.create({
    publicKey: {
      rp: { id: relyingParty, name: `Countersign ${purpose}` },
      user: { id: userId, name: person.id, displayName: person.name },
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      attestation: 'none',
      timeout: TIMEOUT_MS,
    },
  });
  const publicKey = credential.response.getPublicKey();
  if (publicKey === null) throw new Error('This passkey has a key that the browser cannot read.');
  return {
    credentialId: toBase64url(credential.rawId),
    publicKey: toBase64(new Uint8Array(publicKey)),
    algorithm: credential.response.getPublicKeyAlgorithm(),
  };
}

// The signature of one of these credentials (any that the device has where the list is empty).
export async function askPasskey(relyingParty, challenge, credentialIds) {
  if (window.PublicKeyCredential === undefined) throw new Error('This browser has no passkeys.');
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge,
      rpId: relyingParty,
      allowCredentials: credentialIds.map((id) => ({ type: 'public-key', id: fromBase64url(id) })),
      userVerification: 'required',
      timeout: TIMEOUT_MS,
    },
  });
  return {
    credentialId: toBase64url(credential.rawId),
    authenticatorData: new Uint8Array(credential.response.authenticatorData),
    clientDataJSON: new Uint8Array(credential.response.clientDataJSON),
    signature: new Uint8Array(credential.response.signature),
  };
}

export function assertionToWire(assertion) {
  return {
    credentialId: assertion.credentialId,
    authenticatorData: toBase64url(assertion.authenticatorData),
    clientDataJSON: toBase64url(assertion.clientDataJSON),
    signature: toBase64url(assertion.signature),
  };
}
