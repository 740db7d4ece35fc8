import type { Command } from 'commander';
import type { Client } from '../../client/client.ts';
import { CountersignError, isCountersignError } from '../../core/errors.ts';
import type { review, Withdrawal } from '../../core/governance.ts';
import { approval as approvalReader, manifest as manifestReader } from '../../core/manifest.ts';
import type { Read } from '../../core/shape.ts';
import { type Evidence, parseEvidence } from '../../evidence/bundle.ts';
import { encodeInstanceStatement, sha256Hex } from '../../evidence/signed-statement.ts';
import { decodeCanonical } from '../../formats/canonical.ts';
import { decodeStatement } from '../../formats/in-toto.ts';
import { encodeUtf8 } from '../../formats/text.ts';
import { shortId } from '../../formats/uuid.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import {
  type CommandContext,
  type CommandHost,
  examples,
  type Outcome,
  type Perform,
} from '../command.ts';
import { addServerOptions, requireKey, type ServerOptions, withClient } from '../connection.ts';
import { fetchInstance } from '../instance.ts';
import { describeRelease } from '../release-view.ts';
import { requireSigner, signStatement } from '../statement.ts';

/** `release withdraw` and `release review`: a person's word after having approved, or afterwards. */
export function addReleaseAnswers(group: Command, perform: Perform): void {
  addServerOptions(
    group
      .command('withdraw')
      .summary('take your approval back, while nothing was published')
      .description(
        'Signs that your approval counts no more. It works until the credential is used; you may\napprove again afterwards.',
      )
      .argument('<release>', 'id or short id')
      .addHelpText('after', examples('countersign release withdraw 4k2v9d1m7q')),
  ).action((reference: string, options: ServerOptions) =>
    perform((context) => withdraw(context, reference, options)),
  );
  addServerOptions(
    group
      .command('review')
      .summary('record the review that is due after a shortcut')
      .description(
        'Signs what you found when you looked at a release that went out by a policy which asks for a\nreview, or by break-glass. Somebody who did not approve it reviews it.',
      )
      .argument('<release>', 'id or short id')
      .requiredOption('--outcome <text>', 'what you found; it is signed and shown to everybody')
      .addHelpText(
        'after',
        examples('countersign release review 4k2v9d1m7q --outcome "the fix and nothing else"'),
      ),
  ).action((reference: string, options: ServerOptions & { readonly outcome: string }) =>
    perform((context) => recordReview(context, reference, options)),
  );
}

interface Approved {
  readonly release: Withdrawal['release'];
  readonly manifest: Withdrawal['manifest'];
  readonly approvals: Evidence['approvals'];
}

const TRIES = 20;

/** The manifest and its approvals, from the evidence. A checkpoint over the newest takes a moment. */
async function fetchApproved(
  host: CommandHost,
  client: Client,
  reference: string,
): Promise<Approved> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await readApproved(await client.evidence(reference), reference);
    } catch (error) {
      const waits = isCountersignError(error) && error.code === 'state-conflict';
      const { manifest } = await client.release(reference);
      if (!waits || manifest === null || tries === TRIES) throw error;
      await host.sleep(500);
    }
  }
}

async function readApproved(text: string, reference: string): Promise<Approved> {
  const bundle = parseEvidence(text);
  const bytes = encodeUtf8(bundle.manifest);
  const { release } = manifestReader(decodeCanonical(bytes, { what: 'the manifest' }), 'manifest');
  if (reference !== release && reference !== shortId(release)) {
    throw new CountersignError(
      'recompute-differs',
      `asked for ${reference}, the manifest is of ${release}`,
      { hint: 'sign nothing, and tell the others' },
    );
  }
  const manifest = await sha256Hex(nodeCrypto, bytes);
  return { release, manifest, approvals: bundle.approvals };
}

async function withdraw(
  context: CommandContext,
  reference: string,
  options: ServerOptions,
): Promise<Outcome> {
  const { host } = context;
  return withClient(context, options, async (client) => {
    const { digest, state } = await fetchInstance(host, client);
    const signer = requireKey(host, options);
    const { id: person } = await requireSigner(signer, state.roster);
    const { release, manifest, approvals } = await fetchApproved(host, client, reference);
    const own = approvals.findLast(
      ({ envelope }) =>
        approvalReader(decodeStatement(envelope.payload).predicate, 'approval').person === person,
    );
    if (own === undefined) {
      throw new CountersignError('not-found', `${person} has no approval of this release`, {
        hint: 'countersign release status shows who approved',
      });
    }
    const predicate: Withdrawal = {
      schema: 'countersign/withdrawal/v1',
      genesis: digest,
      release,
      manifest,
      approval: await sha256Hex(nodeCrypto, own.envelope.payload),
      person,
      issuedAt: host.now(),
    };
    const payload = encodeInstanceStatement('withdrawal', digest, predicate);
    const signed = await signStatement(signer, 'withdrawal', payload);
    const view = await client.withdraw(reference, signed);
    return {
      exit: 0,
      value: view,
      prose: [
        { style: 'good', text: `${person} took the approval back` },
        ...describeRelease(view),
      ],
    };
  });
}

async function recordReview(
  context: CommandContext,
  reference: string,
  options: ServerOptions & { readonly outcome: string },
): Promise<Outcome> {
  const { host } = context;
  return withClient(context, options, async (client) => {
    const { digest, state } = await fetchInstance(host, client);
    const signer = requireKey(host, options);
    const { id: person } = await requireSigner(signer, state.roster);
    const { release, manifest } = await fetchApproved(host, client, reference);
    const predicate: Read<typeof review> = {
      schema: 'countersign/review/v1',
      genesis: digest,
      release,
      manifest,
      person,
      outcome: options.outcome,
      issuedAt: host.now(),
    };
    const payload = encodeInstanceStatement('review', digest, predicate);
    const signed = await signStatement(signer, 'review', payload);
    const view = await client.recordReview(reference, signed);
    return {
      exit: 0,
      value: view,
      prose: [{ style: 'good', text: `reviewed by ${person}` }, ...describeRelease(view)],
    };
  });
}
