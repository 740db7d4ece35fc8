/** A signature by a passkey as files that OpenSSL reads. */
import { createHash } from 'node:crypto';
import { findPasskeyHolder, type Roster } from '../core/roster.ts';
import type { SignedStatement } from '../evidence/signed-statement.ts';
import { concatBytes } from '../formats/bytes.ts';
import { paeOfStatement } from '../formats/dsse.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { decodeAssertion } from '../formats/webauthn.ts';

/** What stands in the folder for one signature, and the commands that check it. */
export interface PasskeyFiles {
  readonly files: readonly (readonly [name: string, content: Uint8Array])[];
  readonly commands: readonly string[];
}

/**
 * `NAME.client-data.json` is what the browser saw, `NAME.signed` what the device signed:
 * authenticator data and the SHA-256 of the former; `NAME.challenge` the SHA-256 of `NAME.pae` as
 * the client data must have it. Without a key of a roster there is nothing to check with.
 */
export function layOutPasskey(
  name: string,
  { envelope }: SignedStatement,
  rosters: readonly Roster[],
): PasskeyFiles {
  const { credentialId, clientDataJSON, authenticatorData, signature } = decodeAssertion(
    envelope.signature.sig,
  );
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes);
  const files: [string, Uint8Array][] = [
    [`${name}.client-data.json`, clientDataJSON],
    [
      `${name}.signed`,
      concatBytes(authenticatorData, new Uint8Array(digest(clientDataJSON).digest())),
    ],
    [`${name}.sig`, signature],
    [
      `${name}.challenge`,
      encodeUtf8(`"challenge":"${digest(paeOfStatement(envelope.payload)).digest('base64url')}"\n`),
    ],
  ];
  const [found] = rosters.flatMap((one) => findPasskeyHolder(one, credentialId) ?? []);
  if (found === undefined) return { files, commands: [] };
  const lines = found.passkey.publicKey.match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
  files.push([`${name}.pem`, encodeUtf8(pem)]);
  const check =
    found.passkey.algorithm === -8
      ? `openssl pkeyutl -verify -pubin -inkey ${name}.pem -rawin -in ${name}.signed -sigfile ${name}.sig`
      : `openssl dgst -sha256 -verify ${name}.pem -signature ${name}.sig ${name}.signed`;
  return { files, commands: [check, `grep -o -F -f ${name}.challenge ${name}.client-data.json`] };
}
