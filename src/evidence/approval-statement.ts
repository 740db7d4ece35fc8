/** What an approver signs: the artifacts and the manifest as subjects, the decision as predicate. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { type Approval, approval, type Manifest } from '../core/manifest.ts';
import type { Sha256 } from '../core/names.ts';
import type { PasskeySettings } from '../core/policy.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import type { Roster } from '../core/roster.ts';
import { encodeStatement, type Subject, statementOf } from '../formats/in-toto.ts';
import {
  type OpenedStatement,
  openStatement,
  requirePerson,
  type SignedStatement,
} from './signed-statement.ts';

function subjectsOf(manifest: Manifest, digest: Sha256): readonly Subject[] {
  return [
    { name: 'manifest', digest: { sha256: digest } },
    ...manifest.artifacts.map((one) => ({
      name: one.file,
      digest: { sha256: one.sha256, sha512: one.sha512 },
    })),
  ];
}

/** The payload to sign. `digest` is the SHA-256 of the manifest's canonical bytes. */
export function encodeApproval(
  manifest: Manifest,
  digest: Sha256,
  predicate: Approval,
): Uint8Array {
  return encodeStatement(
    statementOf({
      subject: subjectsOf(manifest, digest),
      predicateType: predicateTypeOf('approval'),
      predicate,
    }),
  );
}

/**
 * Opens an approval of exactly this manifest, by an SSH key or by one of the `passkeys` that the
 * signed rules allow. Throws what `openStatement` throws, `forbidden` for
 * a bot, and `signature-invalid` naming the difference where it was made for something else.
 */
export async function openApproval(
  crypto: VerifierCrypto,
  signed: SignedStatement,
  manifest: Manifest,
  digest: Sha256,
  roster: Roster,
  passkeys: PasskeySettings | undefined,
): Promise<OpenedStatement<Approval>> {
  const opened = await openStatement(crypto, signed, 'approval', approval, roster, passkeys);
  const person = requirePerson(opened, 'an approval');
  const { predicate } = opened;
  const expect = (what: string, expected: string, found: string) => {
    if (expected === found) return;
    throw new CountersignError(
      'signature-invalid',
      `the approval is for another ${what}: expected ${expected}, found ${found}`,
      { hint: `approve ${manifest.release} again, after reading what changed` },
    );
  };
  // what a page asked a passkey to sign was not recomputed in a terminal, whatever it says
  expect('client', signed.signature === 'webauthn' ? 'browser' : 'terminal', predicate.client);
  expect('manifest', digest, predicate.manifest);
  expect('instance', manifest.genesis, predicate.genesis);
  expect('release', manifest.release, predicate.release);
  expect('attempt', `${manifest.attempt}`, `${predicate.attempt}`);
  expect('person', person.id, predicate.person);
  expect(
    'set of artifacts',
    JSON.stringify(subjectsOf(manifest, digest)),
    JSON.stringify(
      opened.subject.map(({ name, digest: of }) => ({
        name,
        digest:
          of.sha512 === undefined
            ? { sha256: of.sha256 }
            : { sha256: of.sha256, sha512: of.sha512 },
      })),
    ),
  );
  return opened;
}
