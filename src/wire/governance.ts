/** Changes of roster and rules, and what is in force. */
import { z } from 'zod';
import type { GovernanceView, ProposalView, RecoveryView } from '../gateway/gateway.ts';
import { json, sha256, time } from './fields.ts';
import { quorum } from './release.ts';
import { signedStatement, statementFromWire } from './statement.ts';

const statements = z.array(signedStatement).max(1000).readonly();
const documents = z.array(z.string()).max(2).readonly();

/** A proposal: its signed statement, proofs of new keys, the new documents as canonical JSON. */
export const proposalRequest = z
  .strictObject({ statement: signedStatement, enrolments: statements, documents })
  .meta({ id: 'ProposalRequest' });

/** Signatures of recovery keys, proofs of new keys, the new documents. */
export const recoveryRequest = z
  .strictObject({ statements, enrolments: statements, documents })
  .meta({ id: 'RecoveryRequest' });

export const recoveryAnswer = z
  .object({ digest: sha256, delaySeconds: z.number() })
  .meta({ id: 'Recovery' }) satisfies z.ZodType<RecoveryView>;

const difference = z.object({
  path: z.string(),
  signed: json.optional(),
  proposed: json.optional(),
});

export const proposal = z
  .object({
    id: z.string(),
    digest: sha256,
    person: z.string(),
    reason: z.string(),
    state: z.enum(['open', 'agreed', 'in-force', 'rejected', 'expired', 'superseded']),
    issuedAt: time,
    expiresAt: time,
    enactedAt: z.number().nullable(),
    differences: z.array(difference).readonly(),
    newKeys: z.array(z.object({ person: z.string(), fingerprint: z.string() })).readonly(),
    statements: z.array(signedStatement).readonly(),
    documents: z.array(z.string()).readonly(),
    quorum,
  })
  .meta({ id: 'Proposal' });
type WireProposal = z.infer<typeof proposal>;

export const proposalList = z
  .object({ proposals: z.array(proposal).readonly() })
  .meta({ id: 'ProposalList' });

/** The proposal as the gateway knows it. Throws 'malformed-document' for a broken envelope. */
export function proposalFromWire(wire: WireProposal): ProposalView {
  return {
    ...wire,
    differences: wire.differences.map(({ path, signed, proposed }) => ({ path, signed, proposed })),
    statements: wire.statements.map(statementFromWire),
  };
}

export const governance = z
  .object({
    roster: z.string(),
    policy: z.string(),
    rosterDigest: sha256,
    policyDigest: sha256,
    suspended: z.array(z.object({ subject: z.string(), by: z.string() })).readonly(),
    newKeys: z.array(z.object({ key: z.string(), from: time })).readonly(),
    recovery: z.object({ digest: sha256, startedAt: time }).nullable(),
    breaks: z.array(z.object({ index: z.number(), at: time, reason: z.string() })).readonly(),
  })
  .meta({ id: 'Governance' }) satisfies z.ZodType<GovernanceView>;
