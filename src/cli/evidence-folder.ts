/** A bundle taken apart into files that other people's tools read. Pure: names to contents. */
import { CountersignError } from '../core/errors.ts';
import { genesis as genesisReader } from '../core/genesis.ts';
import { namespaceOf, PURPOSES, type Purpose, predicateTypeOf } from '../core/purpose.ts';
import { findKeyHolder, type Roster, roster as rosterReader } from '../core/roster.ts';
import type { Evidence } from '../evidence/bundle.ts';
import type { SignedStatement } from '../evidence/signed-statement.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { paeOfStatement } from '../formats/dsse.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { formatSshPublicKey, parseSshPublicKey } from '../formats/ssh-key.ts';
import {
  decodeSshSignature,
  formatAllowedSigner,
  formatSshSignature,
} from '../formats/ssh-signature.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { parseTlogProof } from '../tlog/tlog-proof.ts';
import { layOutPasskey } from './passkey-files.ts';

/** One signature of the folder: `NAME.payload`, `NAME.pae` (the signed bytes), `NAME.sig`. */
export interface SignatureFiles {
  readonly name: string;
  /** What people run to check it; nothing for a passkey that no roster has. */
  readonly commands: readonly string[];
}

export interface EvidenceFolder {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly signatures: readonly SignatureFiles[];
}

/**
 * Lays a bundle out. Nothing is verified here: that is left to whoever reads the folder. Throws
 * `malformed-document` (or what the part's own reader throws) for parts that cannot be read.
 */
export function layOutEvidence(bundle: Evidence): EvidenceFolder {
  const genesis = genesisReader(
    decodeCanonical(encodeUtf8(bundle.genesis.document), { what: 'the genesis document' }),
    'genesis',
  );
  const files = new Map<string, Uint8Array>();
  const put = (name: string, content: string | Uint8Array) => {
    if (files.has(name)) refuse(`expected each part once, found ${name} twice`);
    files.set(name, typeof content === 'string' ? encodeUtf8(content) : content);
  };
  put('genesis.json', bundle.genesis.document);
  put('manifest.json', bundle.manifest);
  put('report.json', bundle.report);
  for (const { document, attestations } of bundle.claims ?? []) {
    put('claim.json', document);
    for (const [place, text] of attestations.entries()) put(`attestation-${place + 1}.json`, text);
  }
  const rosters = rostersOf(genesis.roster, bundle);
  put('allowed_signers', allowedSigners(rosters));
  put('log.vkey', `${genesis.keys.ledger}\n`);
  const [first] = bundle.proofs;
  if (first === undefined) refuse('expected ledger proofs in the evidence, found none');
  put('checkpoint', parseTlogProof(first.proof).checkpoint);
  for (const { name, entry, proof } of bundle.proofs) {
    // The name becomes a file name, and it comes from a stranger.
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) refuse('the name of a ledger proof is no name');
    put(`${name}.entry`, entry);
    put(`${name}.tlog-proof`, proof);
  }
  const signatures: SignatureFiles[] = [];
  const sign = (kind: string, list: readonly SignedStatement[]) => {
    for (const [place, signed] of list.entries()) {
      const name = `${kind}-${place + 1}`;
      put(`${name}.payload`, signed.envelope.payload);
      put(`${name}.pae`, paeOfStatement(signed.envelope.payload));
      if (signed.signature === 'webauthn') {
        const { files: parts, commands } = layOutPasskey(name, signed, rosters);
        for (const [part, content] of parts) put(part, content);
        signatures.push({ name, commands });
        continue;
      }
      const signature = decodeSshSignature(signed.envelope.signature.sig);
      put(`${name}.sig`, formatSshSignature(signature));
      const signer = holderOf(rosters, formatSshPublicKey(signature.publicKey));
      const namespace = namespaceOf(purposeOf(signed));
      signatures.push({ name, commands: [sshKeygenCommand(name, signer, namespace)] });
    }
  };
  sign('approval', bundle.approvals);
  sign('founding', bundle.genesis.founding);
  sign('statement', bundle.statements);
  for (const [place, step] of (bundle.governance ?? []).entries()) {
    sign(`governance-${place + 1}-statement`, step.statements);
    for (const [at, text] of step.documents.entries()) {
      put(`governance-${place + 1}-document-${at + 1}.json`, text);
    }
  }
  put('README.txt', readme(signatures));
  return { files, signatures };
}

function purposeOf(signed: SignedStatement): Purpose {
  const { predicateType } = decodeStatement(signed.envelope.payload);
  return (
    PURPOSES.find((one) => predicateTypeOf(one) === predicateType) ??
    refuse('a statement of the evidence has a purpose that nobody knows')
  );
}

/** Every roster of the bundle, the founding one first: keys that came later sign too. */
function rostersOf(founding: Roster, { governance = [] }: Evidence): readonly Roster[] {
  const later = governance.flatMap(({ documents }) =>
    documents.flatMap((text) => {
      const value = decodeCanonical(encodeUtf8(text), { what: 'a document', maxBytes: 16 << 20 });
      const isRoster =
        typeof value === 'object' &&
        value !== null &&
        'schema' in value &&
        value['schema'] === 'countersign/roster/v1';
      return isRoster ? [rosterReader(value, 'roster')] : [];
    }),
  );
  return [founding, ...later];
}

/** A stranger's key has no name here: ssh-keygen then says that it knows no such signer. */
function holderOf(rosters: readonly Roster[], publicKey: string): string {
  const [holder] = rosters.flatMap((one) => findKeyHolder(one, publicKey) ?? []);
  if (holder === undefined) return 'nobody-in-the-roster';
  return holder.kind === 'person' ? holder.person.id : holder.botId;
}

function allowedSigners(rosters: readonly Roster[]): string {
  const namespaces = PURPOSES.map(namespaceOf);
  const lines = rosters
    .flatMap((roster) => [...roster.people, ...roster.bots])
    .flatMap((holder) =>
      holder.keys.map((key) =>
        formatAllowedSigner(holder.id, namespaces, parseSshPublicKey(key.publicKey)),
      ),
    );
  return [...new Set(lines)].join('');
}

function sshKeygenCommand(name: string, signer: string, namespace: string): string {
  return `ssh-keygen -Y verify -f allowed_signers -I ${signer} -n ${namespace} -s ${name}.sig < ${name}.pae`;
}

function readme(signatures: readonly SignatureFiles[]): string {
  return `Evidence of a release, taken apart. Nothing in this folder has been verified yet.

1. Where it comes from. The SHA-256 of genesis.json must be the "genesis" of the trust file that
   you have from somewhere else. Without that, everything below shows only that the parts fit.

   sha256sum genesis.json

2. Who signed. allowed_signers holds the keys of the roster in genesis.json. Each .sig is an SSH
   signature over the .pae beside it: the DSSE pre-authentication encoding of the .payload. Where a
   passkey signed there are .pem, .signed and .client-data.json: the challenge in the latter must be
   the SHA-256 of the .pae, its type webauthn.get, and its origin one that the signed rules name.

${signatures.flatMap((one) => one.commands.map((command) => `   ${command}`)).join('\n')}

3. What they signed. Each approval-N.payload is an in-toto statement. Its subject "manifest" must
   be the SHA-256 of manifest.json, which names every artifact with its digests; "decision" must be
   "approve". The manifest's inspection.report must be the SHA-256 of report.json.

   sha256sum manifest.json report.json

4. That it is in the log. log.vkey is the key of the log (C2SP signed-note), checkpoint its signed
   head (C2SP tlog-checkpoint). Each NAME.tlog-proof (C2SP tlog-proof) shows that NAME.entry is in
   the log; any implementation of these formats checks them. approval-N.entry names the SHA-256 of
   approval-N.payload, manifest.entry that of manifest.json.

docs/verify-independently.md of Countersign says more, with a program in Go that checks step 4.
`;
}

function refuse(message: string): never {
  throw new CountersignError('malformed-document', message);
}
