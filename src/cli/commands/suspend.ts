import type { Command } from 'commander';
import { CountersignError } from '../../core/errors.ts';
import type { Suspended, Suspension } from '../../core/governance.ts';
import { encodeInstanceStatement } from '../../evidence/signed-statement.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, requireKey, type ServerOptions, withClient } from '../connection.ts';
import { fetchInstance } from '../instance.ts';
import { requireSigner, signStatement } from '../statement.ts';

interface SuspendOptions extends ServerOptions {
  readonly reason: string;
}

/** `countersign suspend`: one person's word, good at once. */
export function addSuspend(parent: Command, perform: Perform): void {
  addServerOptions(
    parent
      .command('suspend')
      .summary('take the voice of a person or key away, at once and alone')
      .description(
        'For a lost or stolen device, and for a person who leaves. It needs nobody else and holds at\nonce: no approval, ballot or session of theirs counts from then on, approvals of releases that\nwait included. Only a proposal that takes a quorum ends it (countersign roster reinstate).',
      )
      .argument('<kind>', 'person or key')
      .argument('<id>', "the person's id, or the key's fingerprint (SHA256:...)")
      .requiredOption('--reason <text>', 'why; it is signed and shown to everybody')
      .addHelpText(
        'after',
        examples(
          'countersign suspend person bob --reason "laptop was stolen"',
          'countersign suspend key SHA256:... --reason "found on a public machine"',
        ),
      ),
  ).action((kind: string, id: string, options: SuspendOptions) =>
    perform((context) => suspend(context, parseSubject(kind, id), options)),
  );
}

/** Throws `usage` for another kind than person and key. */
export function parseSubject(kind: string, id: string): Suspended {
  if (kind === 'person' || (kind === 'key' && /^(?:SHA256:|webauthn:)/.test(id))) {
    return { kind, id };
  }
  throw new CountersignError(
    'usage',
    `expected "person ID" or "key SHA256:...", found ${kind.slice(0, 40)} ${id.slice(0, 80)}`,
    { hint: 'countersign roster show names people and fingerprints' },
  );
}

async function suspend(
  context: CommandContext,
  subject: Suspended,
  options: SuspendOptions,
): Promise<Outcome> {
  const { host } = context;
  return withClient(context, options, async (client) => {
    const { digest, state } = await fetchInstance(host, client);
    const signer = requireKey(host, options);
    const person = await requireSigner(signer, state.roster);
    const predicate: Suspension = {
      schema: 'countersign/suspension/v1',
      genesis: digest,
      subject,
      person: person.id,
      reason: options.reason,
      issuedAt: host.now(),
    };
    const payload = encodeInstanceStatement('suspension', digest, predicate);
    const view = await client.suspend(await signStatement(signer, 'suspension', payload));
    return {
      exit: 0,
      value: { subject, by: person.id, suspended: view.suspended },
      prose: [
        { style: 'bad', text: `suspended  ${subject.kind} ${subject.id}, by ${person.id}` },
        'it holds from now on, for everything that was not used yet',
        `back only by proposal: countersign roster reinstate ${subject.kind} ${subject.id} --reason TEXT`,
      ],
    };
  });
}
