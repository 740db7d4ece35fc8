import type { Command } from 'commander';
import type { Sessions } from '../../wire/session.ts';
import { examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, type ServerOptions, withClient } from '../connection.ts';

/** `countersign session list|revoke`: who is signed in. */
export function addSession(parent: Command, perform: Perform): void {
  const group = parent
    .command('session')
    .summary('sessions that are open, and ending them')
    .description('Sessions: who is signed in, with which key, at a terminal or in a browser.');
  addServerOptions(
    group
      .command('list')
      .summary('sessions that are open, of everybody')
      .description('Lists every session that is neither expired nor ended, this one included.')
      .addHelpText('after', examples('countersign session list')),
  ).action((options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => shown(await client.sessions())),
    ),
  );
  addServerOptions(
    group
      .command('revoke')
      .summary('end a session, whoever has it')
      .description('Ends a session at once. Any person of the roster may do this for anybody.')
      .argument('<session>', 'its id, as the list shows it')
      .addHelpText('after', examples('countersign session revoke 4f1d2a90b7c3e856')),
  ).action((session: string, options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => shown(await client.revokeSession(session))),
    ),
  );
}

function shown(sessions: Sessions): Outcome {
  return { exit: 0, value: { sessions }, prose: sessions.map(describe) };
}

function describe({ id, holder, via, key, openedAt, expiresAt }: Sessions[number]): string {
  return `${id}: ${holder} by ${via}, ${key}, since ${openedAt}, until ${expiresAt}`;
}
