/** When, and under what, the signatures of a release are judged. */
import { CountersignError } from '../core/errors.ts';
import { type GovernanceState, type Signer, whySilent } from '../core/governance-state.ts';
import type { Manifest } from '../core/manifest.ts';
import type { Sha256 } from '../core/names.ts';
import type { Vote } from '../core/quorum.ts';
import type { Timeline } from './governance.ts';
import { type ProvenLedger, requireEntry } from './proofs.ts';

/** An approval whose signature is good and which the ledger recorded. */
export interface VerifiedApproval {
  readonly vote: Vote;
  readonly signer: Signer;
  readonly name: string;
}

/** `used` is null where the credential was not used yet. */
export interface Judged {
  readonly index: number;
  readonly at: string;
  readonly state: GovernanceState;
  readonly used: string | null;
}

/**
 * Judged when the credential was used, which must come after every approval; before that,
 * now. A change of the rules in between voids the manifest; one of the roster silences voices.
 */
export function judgedAt(
  ledger: ProvenLedger,
  { digest, manifest }: { readonly digest: Sha256; readonly manifest: Manifest },
  timeline: Timeline,
  approvals: readonly VerifiedApproval[],
  now: string,
): Judged {
  const isUsed = ledger.entries.some((one) => one.name === 'credential-used');
  const used = isUsed ? requireEntry(ledger, 'credential-used', 'credential-used') : null;
  if (used !== null) {
    if (used.entry.digests['manifest'] !== digest)
      fail('the credential was used for another manifest');
    const late = approvals.find((one) => one.vote.order >= used.index);
    if (late !== undefined)
      fail(`the approval of ${late.vote.approval.person} came after the credential was used`);
    const head = used.entry.digests['governance'];
    if (head !== undefined && head !== timeline.headAt(used.index))
      fail('the evidence leaves out a change of roster or rules that came before its use');
  }
  const index = used?.index ?? Number.MAX_SAFE_INTEGER;
  const state = timeline.asOf(index);
  if (state.policyDigest !== manifest.policy.document)
    fail('the rules changed after the manifest was issued, which voids it');
  return { index, at: used?.entry.at ?? now, state, used: used?.entry.at ?? null };
}

/** A voice must count when it was given and when it is judged. */
export function silenced({ vote, signer }: VerifiedApproval, { state, at }: Judged): Vote {
  return { ...vote, silent: vote.silent ?? whySilent(state, signer, at) };
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
