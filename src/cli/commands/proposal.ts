import type { Command } from 'commander';
import type { Client } from '../../client/client.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Ballot } from '../../core/governance.ts';
import { describeChange } from '../../core/governance-difference.ts';
import type { Sha256 } from '../../core/names.ts';
import { encodeInstanceStatement } from '../../evidence/signed-statement.ts';
import { encodeHex } from '../../formats/base64.ts';
import type { ProposalView } from '../../gateway/gateway.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { openCheckpoint } from '../../tlog/checkpoint.ts';
import { parseVerifierKey } from '../../tlog/note-key.ts';
import {
  describeDifferences,
  describeNewKeys,
  describeRule,
  describeRuleChange,
} from '../change-text.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, requireKey, type ServerOptions, withClient } from '../connection.ts';
import { fetchInstance, type Instance } from '../instance.ts';
import { handleOf, summarizeProposal } from '../proposal.ts';
import { type ReviewedProposal, reviewProposal } from '../proposal-review.ts';
import { describeQuorum } from '../review-text.ts';
import { requireSigner, signStatement } from '../statement.ts';
import type { Line, Terminal } from '../terminal.ts';

interface BallotOptions extends ServerOptions {
  readonly yes?: string;
  readonly confirm: readonly string[];
  readonly reason?: string;
}

interface Reviewed extends ReviewedProposal {
  readonly instance: Instance;
  readonly view: ProposalView;
}

const collect = (value: string, before: readonly string[]) => [...before, value];

/** `countersign proposal ...`: changes of roster and rules, and people's word on them. */
export function addProposal(parent: Command, perform: Perform): void {
  const group = parent
    .command('proposal')
    .summary('changes of roster and rules: look, approve, reject')
    .description(
      'Changes of roster and rules that somebody proposed (countersign roster, countersign policy).\nEach takes a quorum under the rules in force before it; the publisher then brings it into force.',
    );
  addServerOptions(
    group
      .command('list')
      .summary('proposals, newest first')
      .description('Lists proposals, newest first.')
      .addHelpText('after', examples('countersign proposal list')),
  ).action((options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => listed(await client.proposals())),
    ),
  );
  addServerOptions(
    group
      .command('show')
      .summary('what a proposal changes, recomputed on this machine')
      .description(
        'Recomputes the change from signed statements and documents, and shows every place. A\ndifference to what the gateway says is an error.',
      )
      .argument('<proposal>', 'id, or the first digits that "list" shows')
      .addHelpText('after', examples('countersign proposal show 3f9a0c1d22e4')),
  ).action((reference: string, options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) =>
        shown(await review(context, client, reference)),
      ),
    ),
  );
  addBallots(group, perform);
}

function addBallots(group: Command, perform: Perform): void {
  ballotOptions(
    group
      .command('approve')
      .summary('recompute a proposal on this machine and sign it')
      .description(
        'Recomputes the change, shows it, and signs your ballot. Each new key is confirmed by its\nfingerprint, as its holder says it on another channel: with --confirm, or typed when asked.',
      )
      .argument('<proposal>', 'id, or the first digits that "list" shows')
      .option(
        '--confirm <fingerprint>',
        'a new key that you compared with its holder; may stand several times',
        collect,
        [],
      )
      .addHelpText(
        'after',
        examples(
          'countersign proposal approve 3f9a0c1d22e4',
          'countersign proposal approve 3f9a0c1d22e4 --yes 3f9a0c1d22e4 --confirm SHA256:...',
        ),
      ),
  ).action((reference: string, options: BallotOptions) =>
    perform((context) => vote(context, reference, 'approve', options)),
  );
  ballotOptions(
    group
      .command('reject')
      .summary('end a proposal, with a reason')
      .description('Signs a rejection. It ends the proposal, and cannot be taken back.')
      .argument('<proposal>', 'id, or the first digits that "list" shows')
      .requiredOption('--reason <text>', 'why; it is signed and shown to everybody')
      .addHelpText(
        'after',
        examples('countersign proposal reject 3f9a0c1d22e4 --reason "not agreed"'),
      ),
  ).action((reference: string, options: Omit<BallotOptions, 'confirm'>) =>
    perform((context) => vote(context, reference, 'reject', { ...options, confirm: [] })),
  );
}

function ballotOptions(command: Command): Command {
  return addServerOptions(command).option(
    '--yes <proposal>',
    'confirm without being asked: the first digits that "show" prints, or the id',
  );
}

function listed(proposals: readonly ProposalView[]): Outcome {
  return {
    exit: 0,
    value: { proposals: proposals.map(summarizeProposal) },
    prose:
      proposals.length === 0
        ? ['no proposals']
        : proposals.map((one) => `${handleOf(one)}  ${one.state}, by ${one.person}: ${one.reason}`),
  };
}

async function review(
  { host }: CommandContext,
  client: Client,
  reference: string,
): Promise<Reviewed> {
  const instance = await fetchInstance(host, client);
  const view = await client.proposal(reference);
  return { instance, view, ...(await reviewProposal(instance, view, reference, host.now())) };
}

function shown(reviewed: Reviewed): Outcome {
  const { view, quorum } = reviewed;
  return {
    exit: 0,
    value: { ...summarizeProposal(view), quorum: quorum ?? view.quorum },
    prose: describe(reviewed),
  };
}

function describe({ view, opened, before, quorum }: Reviewed): readonly Line[] {
  const next =
    view.state === 'open' ? [`next       countersign proposal approve ${handleOf(view)}`] : [];
  return [
    { style: 'strong', text: `${handleOf(view)}  ${view.state}` },
    `proposed   by ${opened.proposal.person}, ${opened.proposal.issuedAt}, until ${opened.proposal.expiresAt}`,
    `reason     ${opened.proposal.reason}`,
    `takes      ${describeRule(before.policy)}`,
    'changes, recomputed here',
    ...describeDifferences(describeChange(before, opened.change)),
    ...describeRuleChange(before.policy, opened.next.policy),
    ...describeNewKeys(opened.newKeys),
    ...describeQuorum(quorum ?? view.quorum),
    ...next,
  ];
}

async function vote(
  context: CommandContext,
  reference: string,
  decision: Ballot['decision'],
  options: BallotOptions,
): Promise<Outcome> {
  const { host, terminal } = context;
  return withClient(context, options, async (client) => {
    const reviewed = await review(context, client, reference);
    const { instance, view, opened } = reviewed;
    if (view.state !== 'open') {
      throw new CountersignError(
        'state-conflict',
        `expected an open proposal, found it ${view.state}`,
      );
    }
    const signer = requireKey(host, options);
    const person = await requireSigner(signer, instance.state.roster);
    terminal.print(describe(reviewed));
    const confirmed =
      decision === 'reject' ? [] : await confirmKeys(terminal, opened.newKeys, options.confirm);
    await confirm(terminal, view, `${decision} as ${person.id}`, options.yes);
    const predicate: Ballot = {
      schema: 'countersign/ballot/v1',
      genesis: instance.digest,
      proposal: opened.digest,
      decision,
      person: person.id,
      confirmed,
      reason: options.reason ?? null,
      client: 'terminal',
      issuedAt: host.now(),
      expiresAt: opened.proposal.expiresAt,
      checkpointSeen: await seen(client, instance),
    };
    const payload = encodeInstanceStatement('ballot', instance.digest, predicate);
    const statement = await signStatement(signer, 'ballot', payload);
    return voted(await client.ballot(opened.digest, statement), person.id, decision);
  });
}

/** Each new key by its fingerprint: named on the command line, or typed by a person who was asked. */
async function confirmKeys(
  terminal: Terminal,
  newKeys: ReviewedProposal['opened']['newKeys'],
  given: readonly string[],
): Promise<readonly string[]> {
  const wanted = newKeys.map((one) => one.fingerprint);
  const stray = given.find((one) => !wanted.includes(one));
  if (stray !== undefined) {
    throw new CountersignError(
      'not-acknowledged',
      `the key may be swapped: expected ${wanted.join(', ') || 'no new key'}, found ${stray}`,
      { hint: 'nothing was signed; ask the holder and tell the others' },
    );
  }
  for (const { person, fingerprint } of newKeys) {
    if (given.includes(fingerprint)) continue;
    const typed = terminal.interactive
      ? await terminal.ask(`type the fingerprint that ${person} told you on another channel:`)
      : '';
    if (typed === fingerprint) continue;
    throw new CountersignError(
      'not-acknowledged',
      `expected the fingerprint of the new key of ${person}, ${fingerprint}, found ${typed.slice(0, 80) || 'nothing'}`,
      { hint: 'ask the holder on another channel, then add --confirm FINGERPRINT' },
    );
  }
  return wanted;
}

async function confirm(
  terminal: Terminal,
  view: ProposalView,
  what: string,
  yes: string | undefined,
): Promise<void> {
  const word = handleOf(view);
  if (yes === undefined && !terminal.interactive) {
    throw new CountersignError(
      'confirmation-wrong',
      'expected --yes with the proposal, found nobody to ask',
      { hint: `add --yes ${word} if this is what you mean` },
    );
  }
  const typed = yes ?? (await terminal.ask(`type ${word} to ${what}:`));
  if (typed === word || typed === view.id) return;
  throw new CountersignError(
    'confirmation-wrong',
    `expected ${word}, found ${typed.slice(0, 60) || 'nothing'}`,
    { hint: 'nothing was signed' },
  );
}

/** The newest head, signed by the ledger key of the genesis: a ballot names the history it saw. */
async function seen(client: Client, { genesis }: Instance): Promise<Ballot['checkpointSeen']> {
  const key = await parseVerifierKey(nodeCrypto, genesis.keys.ledger);
  const { origin, size, root } = await openCheckpoint(nodeCrypto, await client.checkpoint(), key);
  return { origin, size, root: encodeHex(root) as Sha256 };
}

function voted(view: ProposalView, person: string, decision: Ballot['decision']): Outcome {
  return {
    exit: 0,
    value: { ...summarizeProposal(view), decision, by: person },
    prose: [
      {
        style: 'good',
        text: `${decision === 'approve' ? 'approved' : 'rejected'} by ${person}; the proposal is ${view.state}`,
      },
      ...describeQuorum(view.quorum),
      ...(view.state === 'agreed'
        ? ['the publisher counts again and brings it into force: countersign proposal show']
        : []),
    ],
  };
}
