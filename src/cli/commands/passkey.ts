import type { Command } from 'commander';
import type { Passkeys } from '../../wire/session.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, type ServerOptions, withClient } from '../connection.ts';

/** `countersign passkey link|list|revoke`: what people sign in with in a browser. */
export function addPasskey(parent: Command, perform: Perform): void {
  const group = parent
    .command('passkey')
    .summary('passkeys that people sign in with in a browser')
    .description(
      'Passkeys to sign in with in a browser. They approve nothing: approval passkeys are enrolled\non the approval pages and voted into the roster.',
    );
  addServerOptions(
    group
      .command('link')
      .summary('a link with which you enrol a passkey to sign in with')
      .description(
        'Prints a link that is good once, for 15 minutes. Whoever opens it enrols a passkey in your\nname: give it to nobody.',
      )
      .addHelpText('after', examples('countersign passkey link --key ~/.ssh/id_ed25519')),
  ).action((options: ServerOptions) => perform((context) => link(context, options)));
  addServerOptions(
    group
      .command('list')
      .summary('passkeys that people sign in with')
      .description('Lists everybody’s passkeys to sign in with, revoked ones too.')
      .addHelpText('after', examples('countersign passkey list')),
  ).action((options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => shown(await client.passkeys())),
    ),
  );
  addServerOptions(
    group
      .command('revoke')
      .summary('end a passkey to sign in with, whoever has it')
      .description(
        'Ends a passkey and every session that it opened, at once. Any person of the roster may do\nthis for anybody. An id that begins with a dash stands behind --.',
      )
      .argument('<credential>', 'its id, as the list shows it')
      .addHelpText(
        'after',
        examples(
          'countersign passkey revoke mVYtYb0iO0xqTg',
          'countersign passkey revoke -- -VYtYb0iO0xqTg',
        ),
      ),
  ).action((credential: string, options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => shown(await client.revokePasskey(credential))),
    ),
  );
}

async function link(context: CommandContext, options: ServerOptions): Promise<Outcome> {
  return withClient(context, options, async (client) => {
    const { url, expiresAt } = await client.linkPasskey();
    return {
      exit: 0,
      value: { url, expiresAt },
      prose: [url, `Open it in your browser before ${expiresAt}; it is good once.`],
    };
  });
}

function shown(passkeys: Passkeys): Outcome {
  return {
    exit: 0,
    value: { passkeys },
    prose: passkeys.length === 0 ? ['nobody signs in with a passkey'] : passkeys.map(describe),
  };
}

function describe({ person, name, credentialId, createdAt, revokedAt }: Passkeys[number]): string {
  return `${person}, ${name}: ${credentialId}, since ${createdAt}${revokedAt === null ? '' : `, revoked ${revokedAt}`}`;
}
