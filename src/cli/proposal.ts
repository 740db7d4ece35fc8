/** A change of roster or rules, made into a proposal that one person signs and sends. */
import { parseDuration } from '../core/duration.ts';
import { CountersignError } from '../core/errors.ts';
import type { Proposal, Suspended } from '../core/governance.ts';
import { describeChange } from '../core/governance-difference.ts';
import { PROPOSAL_MAX_SECONDS } from '../core/governance-rule.ts';
import type { Change, GovernanceState } from '../core/governance-state.ts';
import type { ReleaseId } from '../core/names.ts';
import type { PolicyRules } from '../core/policy-compile.ts';
import type { Roster } from '../core/roster.ts';
import { openProposal } from '../evidence/proposal.ts';
import {
  encodeInstanceStatement,
  type SignedStatement,
  sha256Hex,
} from '../evidence/signed-statement.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import { createUuidV7, UUID_RANDOM_BYTES } from '../formats/uuid.ts';
import type { ProposalView } from '../gateway/gateway.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import {
  describeDifferences,
  describeNewKeys,
  describeRule,
  describeRuleChange,
} from './change-text.ts';
import type { CommandContext, Outcome } from './command.ts';
import { requireKey, type ServerOptions, withClient } from './connection.ts';
import { fetchInstance, type Instance } from './instance.ts';
import { requireSigner, signStatement } from './statement.ts';
import type { Line } from './terminal.ts';

/** What somebody wants to be in force next; absent documents stay. */
export interface Wanted {
  readonly roster?: Pick<Roster, 'people' | 'bots'>;
  readonly policy?: PolicyRules;
  readonly enrolments?: readonly SignedStatement[];
  readonly reinstate?: readonly Suspended[];
}

export interface ProposeOptions extends ServerOptions {
  readonly reason: string;
  readonly expires: string;
}

/** Handle of a proposal for people: the first digits of what is signed. */
export function handleOf({ digest }: Pick<ProposalView, 'digest'>): string {
  return digest.slice(0, 12);
}

/** The next documents, and their canonical texts. */
export async function composeChange(
  state: GovernanceState,
  { roster, policy, reinstate = [] }: Pick<Wanted, 'roster' | 'policy' | 'reinstate'>,
): Promise<{ readonly change: Change; readonly documents: readonly string[] }> {
  const documents: string[] = [];
  const place = async <T>(document: T) => {
    const bytes = encodeCanonical(document);
    documents.push(decodeUtf8(bytes));
    return { document, digest: await sha256Hex(nodeCrypto, bytes) };
  };
  const change: Change = {
    roster:
      roster === undefined
        ? null
        : await place<Roster>({
            schema: 'countersign/roster/v1',
            version: state.roster.version + 1,
            previous: state.rosterDigest,
            people: roster.people,
            bots: roster.bots,
          }),
    policy:
      policy === undefined
        ? null
        : await place<GovernanceState['policy']>({
            schema: 'countersign/policy/v1',
            version: state.policy.version + 1,
            previous: state.policyDigest,
            ...policy,
          }),
    reinstate,
  };
  return { change, documents };
}

/** `from` and `to` of a change, and the digests of what proves its new keys. */
export async function stepsOf(
  state: GovernanceState,
  change: Change,
  enrolments: readonly SignedStatement[],
): Promise<Pick<Proposal, 'roster' | 'policy' | 'enrolments' | 'reinstate'>> {
  return {
    roster: { from: state.rosterDigest, to: change.roster?.digest ?? null },
    policy: { from: state.policyDigest, to: change.policy?.digest ?? null },
    enrolments: await Promise.all(
      enrolments.map((one) => sha256Hex(nodeCrypto, one.envelope.payload)),
    ),
    reinstate: change.reinstate,
  };
}

/**
 * Makes one proposal of what `wanted` answers (null: nothing to change), checks it here as the
 * gateway will, shows its difference, and sends it.
 */
export function propose(
  context: CommandContext,
  options: ProposeOptions,
  wanted: (instance: Instance) => Promise<Wanted | null>,
): Promise<Outcome> {
  const seconds = readExpiry(options.expires);
  const { host, terminal } = context;
  return withClient(context, options, async (client) => {
    const instance = await fetchInstance(host, client);
    const { state, digest, genesis } = instance;
    const signer = requireKey(host, options);
    const person = await requireSigner(signer, state.roster);
    const want = await wanted(instance);
    if (want === null) return unchanged(state);
    const { enrolments = [] } = want;
    const { change, documents } = await composeChange(state, want);
    if (describeChange(state, change).length === 0) return unchanged(state);
    const now = host.now();
    const predicate: Proposal = {
      schema: 'countersign/proposal/v1',
      genesis: digest,
      id: createUuidV7(Date.parse(now), host.random(UUID_RANDOM_BYTES)) as ReleaseId,
      ...(await stepsOf(state, change, enrolments)),
      reason: options.reason,
      person: person.id,
      issuedAt: now,
      expiresAt: new Date(Date.parse(now) + seconds * 1000).toISOString(),
    };
    const payload = encodeInstanceStatement('proposal', digest, predicate);
    const statement = await signStatement(signer, 'proposal', payload);
    const standing = { founded: { digest, document: genesis }, state };
    const opened = await openProposal(
      nodeCrypto,
      [statement, ...enrolments],
      documents,
      standing,
      now,
    );
    terminal.print([
      { style: 'strong', text: `${person.id} proposes: ${options.reason}` },
      ...describeDifferences(describeChange(state, opened.change)),
      ...describeRuleChange(state.policy, opened.next.policy),
      ...describeNewKeys(opened.newKeys),
    ]);
    return proposed(await client.propose({ statement, enrolments, documents }), state);
  });
}

function readExpiry(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined && seconds <= PROPOSAL_MAX_SECONDS) return seconds;
  throw new CountersignError(
    'usage',
    `expected --expires of at most 30d such as 7d, found ${text}`,
  );
}

function unchanged({ roster, policy }: GovernanceState): Outcome {
  return {
    exit: 0,
    value: { proposal: null, rosterVersion: roster.version, policyVersion: policy.version },
    prose: ['nothing to change: this is what is in force'],
  };
}

function proposed(view: ProposalView, state: GovernanceState): Outcome {
  return {
    exit: 0,
    value: summarizeProposal(view),
    prose: [
      { style: 'good', text: `proposal   ${handleOf(view)} (${view.id}), until ${view.expiresAt}` },
      `takes      ${describeRule(state.policy)}`,
      `next       each who agrees: countersign proposal approve ${handleOf(view)}`,
      'it is no vote yet: whoever proposes may approve as well',
      ...afterwards(view),
    ],
  };
}

/** What people do by hand once it is in force. */
function afterwards({ differences }: ProposalView): readonly Line[] {
  const isRules = differences.some(({ path }) => !/^(?:roster|suspended)\./.test(path));
  if (!isRules) return [];
  return [
    'once it is in force put this countersign.yaml where the gateway runs; the publisher sends nothing while the two differ',
  ];
}

/** A proposal for --json; statements and documents are left out. */
export function summarizeProposal(view: ProposalView) {
  const { statements: _, documents: __, ...rest } = view;
  return rest;
}
