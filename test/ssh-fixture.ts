import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { namespaceOf, type Purpose } from '../src/core/purpose.ts';
import type { SignedStatement } from '../src/evidence/signed-statement.ts';
import { concatBytes } from '../src/formats/bytes.ts';
import { paeOfStatement, STATEMENT_PAYLOAD_TYPE } from '../src/formats/dsse.ts';
import {
  decodeSshPublicKey,
  formatSshPublicKey,
  sshKeyFingerprint,
} from '../src/formats/ssh-key.ts';
import { sshString, sshUint32 } from '../src/formats/ssh-wire.ts';
import { encodeUtf8 } from '../src/formats/text.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';

/** A fresh Ed25519 SSH key that signs without ssh-keygen. */
export interface TestKey {
  /** `TYPE BASE64`, as rosters hold it. */
  readonly publicKey: string;
  readonly fingerprint: string;
  sign(purpose: Purpose, payload: Uint8Array): SignedStatement;
}

export async function createTestKey(): Promise<TestKey> {
  const pair = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(
    Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'),
  );
  const blob = concatBytes(sshString('ssh-ed25519'), sshString(raw));
  const key = decodeSshPublicKey(blob);
  const fingerprint = await sshKeyFingerprint(key, nodeCrypto);
  return {
    publicKey: formatSshPublicKey(key),
    fingerprint,
    sign: (purpose, payload) => ({
      signature: 'sshsig',
      envelope: {
        payloadType: STATEMENT_PAYLOAD_TYPE,
        payload,
        signature: {
          keyid: fingerprint,
          sig: signSsh(pair.privateKey, blob, namespaceOf(purpose), paeOfStatement(payload)),
        },
      },
    }),
  };
}

/** OpenSSH's PROTOCOL.sshsig, "Blob format" and "Signed Data". */
function signSsh(key: KeyObject, blob: Uint8Array, namespace: string, message: Uint8Array) {
  const hash = new Uint8Array(createHash('sha512').update(message).digest());
  const middle = concatBytes(sshString(namespace), sshString(''), sshString('sha512'));
  const signed = concatBytes(encodeUtf8('SSHSIG'), middle, sshString(hash));
  const raw = new Uint8Array(sign(null, signed, key));
  return concatBytes(
    encodeUtf8('SSHSIG'),
    sshUint32(1),
    sshString(blob),
    middle,
    sshString(concatBytes(sshString('ssh-ed25519'), sshString(raw))),
  );
}
