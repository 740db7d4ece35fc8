/** Signing statements with a person's SSH key, and who that person is. */
import { CountersignError } from '../core/errors.ts';
import { namespaceOf, type Purpose } from '../core/purpose.ts';
import { findKeyHolder, type Person, type Roster } from '../core/roster.ts';
import type { SignedStatement } from '../evidence/signed-statement.ts';
import { paeOfStatement, STATEMENT_PAYLOAD_TYPE } from '../formats/dsse.ts';
import { formatSshPublicKey, sshKeyFingerprint } from '../formats/ssh-key.ts';
import { parseSshSignature, verifySshSignature } from '../formats/ssh-signature.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { SshSigner } from './ssh-sign.ts';

/**
 * `payload` signed for `purpose`. The signature is verified before it is sent, since a wrong
 * agent or a wrapper around ssh-keygen would otherwise be told of by a stranger. Throws what the
 * signer throws, and `signature-invalid`.
 */
export async function signStatement(
  signer: SshSigner,
  purpose: Purpose,
  payload: Uint8Array,
): Promise<SignedStatement> {
  const message = paeOfStatement(payload);
  const namespace = namespaceOf(purpose);
  const signature = parseSshSignature(await signer.sign(namespace, message));
  await verifySshSignature(nodeCrypto, message, signature, {
    namespace,
    key: await signer.publicKey(),
  });
  return {
    signature: 'sshsig',
    envelope: {
      payloadType: STATEMENT_PAYLOAD_TYPE,
      payload,
      signature: {
        keyid: await sshKeyFingerprint(signature.publicKey, nodeCrypto),
        sig: signature.blob,
      },
    },
  };
}

/** The person of the roster whose key this is. Throws `forbidden` for a bot or a stranger. */
export async function requireSigner(signer: SshSigner, roster: Roster): Promise<Person> {
  const key = await signer.publicKey();
  const holder = findKeyHolder(roster, formatSshPublicKey(key));
  if (holder?.kind === 'person') return holder.person;
  const fingerprint = await sshKeyFingerprint(key, nodeCrypto);
  throw new CountersignError(
    'forbidden',
    holder === undefined
      ? `expected a key of the roster, found ${fingerprint}, which nobody there has`
      : `expected a person's key, found the one of bot ${holder.botId}`,
    { hint: `the roster has ${roster.people.map((one) => one.id).join(', ')}` },
  );
}
