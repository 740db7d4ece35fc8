import type { Command } from 'commander';
import type { Client } from '../../client/client.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Approval } from '../../core/manifest.ts';
import type { PersonId } from '../../core/names.ts';
import { encodeApproval } from '../../evidence/approval-statement.ts';
import { findingsOf } from '../../evidence/release-rules.ts';
import type { ReleaseView } from '../../gateway/gateway.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import {
  addServerOptions,
  requireKey,
  type ServerOptions,
  trustOf,
  withClient,
} from '../connection.ts';
import { withArtifacts } from '../fetch-artifacts.ts';
import { readChange } from '../instance.ts';
import { type ReadReview, readReview, recompute } from '../review.ts';
import { comparedNewest, recomputeNewest } from '../review-newest.ts';
import { describeQuorum, describeReview } from '../review-text.ts';
import { requireSigner, signStatement } from '../statement.ts';
import type { Line, Terminal } from '../terminal.ts';

interface SignOptions extends ServerOptions {
  /** False for --no-trust. */
  readonly trust?: string | false;
  readonly yes?: string;
}

interface ApproveOptions extends SignOptions {
  readonly acknowledge: readonly string[];
  readonly waive: readonly string[];
}

interface RejectOptions extends SignOptions {
  readonly reason: string;
}

/** The signed part of a decision that the person makes. */
type Decision = Pick<Approval, 'decision' | 'acknowledged' | 'waived' | 'reason'>;

const collect = (value: string, before: readonly string[]) => [...before, value];

/** `countersign approve`: recompute everything here, show it, sign it. */
export function addApprove(parent: Command, perform: Perform): void {
  addSignOptions(
    parent
      .command('approve')
      .summary('recompute a release on this machine and sign it')
      .description(
        'Fetches the artifacts by digest, recomputes digests, derived metadata and the whole\ninspection on this machine, shows what will happen, and signs exactly that. A difference\nto what the gateway says is an error, and nothing is signed.',
      )
      .argument('<release>', 'id or short id')
      .option(
        '--acknowledge <fingerprint>',
        'acknowledge one finding; may stand several times',
        collect,
        [],
      )
      .option(
        '--waive <fingerprint=reason>',
        'waive one rejecting finding, where the policy allows',
        collect,
        [],
      )
      .addHelpText(
        'after',
        examples(
          'countersign approve 4k2v9d1m7q --key ~/.ssh/id_ed25519 --trust trust.json',
          'countersign approve 4k2v9d1m7q --yes 1.2.3 --acknowledge install-script:0123456789abcdef',
        ),
      ),
  ).action((reference: string, options: ApproveOptions) =>
    perform((context) => approve(context, reference, options)),
  );
}

/** `countersign reject`: one entitled person ends the attempt. */
export function addReject(parent: Command, perform: Perform): void {
  addSignOptions(
    parent
      .command('reject')
      .summary('end an attempt, with a reason')
      .description('Signs a rejection of exactly what is to be approved. It cannot be taken back.')
      .argument('<release>', 'id or short id')
      .requiredOption('--reason <text>', 'why; it is signed and shown to everybody')
      .addHelpText(
        'after',
        examples('countersign reject 4k2v9d1m7q --reason "unexpected install script"'),
      ),
  ).action((reference: string, options: RejectOptions) =>
    perform((context) => reject(context, reference, options)),
  );
}

function addSignOptions(command: Command): Command {
  return addServerOptions(command)
    .option('--trust <file>', 'trust file; default COUNTERSIGN_TRUST')
    .option('--no-trust', 'sign without one: you then believe the gateway about who may sign')
    .option('--yes <version>', 'confirm without being asked: the version that is released');
}

async function approve(
  context: CommandContext,
  reference: string,
  options: ApproveOptions,
): Promise<Outcome> {
  const { host, terminal } = context;
  return withClient(context, options, async (client) => {
    const read = await fetchReview(context, client, reference, options);
    const review = await withNewest(context, client, reference, read);
    terminal.progress(`fetching ${review.manifest.artifacts.length} artifacts`);
    const ecosystems = await host.ecosystems();
    const { artifacts } = review.manifest;
    const held = await withArtifacts(client, reference, artifacts, async (fetched) => {
      terminal.progress('recomputing digests, metadata and inspection');
      return recompute(nodeCrypto, review, fetched, ecosystems);
    });
    terminal.print([
      ...describeReview(review, held),
      ...describeQuorum((await client.release(reference)).quorum),
    ]);
    const decision: Decision = {
      decision: 'approve',
      acknowledged: await acknowledge(terminal, review, options.acknowledge),
      waived: readWaivers(review, options.waive),
      reason: null,
    };
    return decide(context, client, reference, review, decision, options);
  });
}

/** The review with what upstream's unapproved versions hold, read here, to be compared with. */
async function withNewest(
  { terminal }: CommandContext,
  client: Client,
  reference: string,
  review: ReadReview,
): Promise<ReadReview> {
  const compared = comparedNewest(review);
  if (compared.length === 0) return review;
  terminal.progress(`fetching ${compared.length} files that upstream has and nobody approved`);
  const newest = await withArtifacts(client, reference, compared, (fetched) =>
    recomputeNewest(review, fetched),
  );
  return { ...review, baselines: [...review.baselines, ...newest] };
}

async function reject(
  context: CommandContext,
  reference: string,
  options: RejectOptions,
): Promise<Outcome> {
  return withClient(context, options, async (client) => {
    const review = await fetchReview(context, client, reference, options);
    const { manifest } = review;
    context.terminal.print([
      {
        style: 'strong',
        text: `reject ${manifest.project} ${manifest.tag}, attempt ${manifest.attempt}`,
      },
      `  reason     ${options.reason}`,
    ]);
    const decision: Decision = {
      decision: 'reject',
      acknowledged: [],
      waived: [],
      reason: options.reason,
    };
    return decide(context, client, reference, review, decision, options);
  });
}

async function fetchReview(
  { host }: CommandContext,
  client: Client,
  reference: string,
  options: SignOptions,
): Promise<ReadReview> {
  const trust =
    options.trust === false
      ? null
      : await trustOf(host, options.trust === undefined ? {} : { trust: options.trust });
  if (trust === null && options.trust !== false) {
    throw new CountersignError('usage', 'expected a trust file, found none', {
      hint: 'add --trust FILE or set COUNTERSIGN_TRUST; --no-trust believes the gateway instead',
    });
  }
  return readReview({
    crypto: nodeCrypto,
    bundle: await client.review(reference),
    changes: (await client.genesis()).changes.map(readChange),
    reference,
    trust,
  });
}

/** Each finding that holds is named: on the command line, or typed by a person who was asked. */
async function acknowledge(
  terminal: Terminal,
  { answerable, report }: ReadReview,
  given: readonly string[],
): Promise<readonly string[]> {
  const wanted = answerable.toAcknowledge;
  const stray = given.find((one) => !wanted.includes(one));
  if (stray !== undefined) {
    throw new CountersignError(
      'not-acknowledged',
      `expected one of the findings ${wanted.join(', ') || '(there are none)'}, found ${stray}`,
    );
  }
  const open = wanted.filter((one) => !given.includes(one));
  if (!terminal.interactive && open.length > 0) throw notAcknowledged(open);
  for (const fingerprint of open) {
    const finding = findingsOf(report).find((one) => one.fingerprint === fingerprint);
    const answer = await terminal.ask(
      `${finding?.rule ?? fingerprint}: ${finding?.message ?? ''} - type "acknowledge" to go on:`,
    );
    if (answer !== 'acknowledge') throw notAcknowledged([fingerprint]);
  }
  return wanted;
}

function notAcknowledged(open: readonly string[]): CountersignError {
  return new CountersignError(
    'not-acknowledged',
    `expected ${open.length} more findings to be acknowledged: ${open.join(', ')}`,
    { hint: 'read them, then add --acknowledge FINGERPRINT for each' },
  );
}

function readWaivers({ answerable }: ReadReview, given: readonly string[]): Approval['waived'] {
  const waived = given.map((one) => {
    const at = one.indexOf('=');
    const finding = at === -1 ? one : one.slice(0, at);
    return { finding, reason: at === -1 ? '' : one.slice(at + 1).trim() };
  });
  const wrong = waived.find(
    (one) => one.reason === '' || !answerable.toWaive.includes(one.finding),
  );
  const open = answerable.toWaive.filter((one) => !waived.some(({ finding }) => finding === one));
  if (wrong === undefined && open.length === 0) return waived;
  throw new CountersignError(
    'not-acknowledged',
    wrong === undefined
      ? `expected ${open.length} more findings to be waived: ${open.join(', ')}`
      : `expected FINGERPRINT=REASON of a finding that may be waived, found ${wrong.finding}`,
    { hint: 'reject the release, or add --waive FINGERPRINT=REASON for each' },
  );
}

/** Confirm, sign, send, and say what became of it. */
async function decide(
  { host, terminal }: CommandContext,
  client: Client,
  reference: string,
  review: ReadReview,
  decision: Decision,
  options: SignOptions,
): Promise<Outcome> {
  const signer = requireKey(host, options);
  const person = await requireSigner(signer, review.roster);
  await confirm(terminal, review, person.id, options.yes);
  const predicate = composeApproval(review, decision, person.id, host.now());
  const payload = encodeApproval(review.manifest, review.manifestDigest, predicate);
  terminal.progress(`signing as ${person.id}`);
  const release = await client.approve(reference, await signStatement(signer, 'approval', payload));
  return concluded(release, person.id, decision.decision);
}

async function confirm(
  terminal: Terminal,
  { manifest, policy }: ReadReview,
  person: PersonId,
  yes: string | undefined,
): Promise<void> {
  const requested = manifest.requesters.some((one) => one.person === person);
  if (requested && policy.approvals.requester === 'excluded') {
    terminal.note([
      {
        style: 'bad',
        text: `${person} asked for this release: under this policy this signature will not count`,
      },
    ]);
  }
  if (yes === undefined && !terminal.interactive) {
    throw new CountersignError(
      'confirmation-wrong',
      'expected --yes with the version, found nobody to ask',
      {
        hint: `add --yes ${manifest.version} if this is what you mean`,
      },
    );
  }
  const typed = yes ?? (await terminal.ask(`type the version to sign as ${person}:`));
  if (typed === manifest.version) return;
  throw new CountersignError(
    'confirmation-wrong',
    `expected the version ${manifest.version}, found ${typed.slice(0, 60) || 'nothing'}`,
    { hint: 'nothing was signed' },
  );
}

function composeApproval(
  review: ReadReview,
  decision: Decision,
  person: PersonId,
  now: string,
): Approval {
  const { expiresSeconds } = review.policy.approvals;
  return {
    schema: 'countersign/approval/v1',
    genesis: review.genesisDigest,
    manifest: review.manifestDigest,
    release: review.manifest.release,
    attempt: review.manifest.attempt,
    person,
    ...decision,
    client: 'terminal',
    issuedAt: now,
    expiresAt: new Date(Date.parse(now) + expiresSeconds * 1000).toISOString(),
    checkpointSeen: review.checkpointSeen,
  };
}

/** A signature that was taken and does not count is no success for who made it. */
function concluded(
  release: ReleaseView,
  person: PersonId,
  decision: Decision['decision'],
): Outcome {
  const ignored = release.quorum?.ignored.find((one) => one.person === person);
  const done: Line =
    ignored === undefined
      ? { style: 'good', text: `${decision === 'approve' ? 'approved' : 'rejected'} by ${person}` }
      : { style: 'bad', text: `recorded, and not counted: ${person} ${ignored.reason}` };
  return {
    exit: ignored === undefined ? 0 : 1,
    value: {
      release: release.id,
      shortId: release.shortId,
      state: release.state,
      person,
      decision,
      counted: ignored === undefined,
      quorum: release.quorum,
    },
    prose: [
      done,
      ...describeQuorum(release.quorum),
      `release    ${release.shortId} is ${release.state}`,
    ],
  };
}
