import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseDuration } from '../../core/duration.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Grant } from '../../core/manifest.ts';
import { encodeInstanceStatement } from '../../evidence/signed-statement.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { createToken, hashToken, TOKEN_RANDOM_BYTES } from '../../identity/token.ts';
import type { Grants } from '../../wire/administration.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, requireKey, type ServerOptions, withClient } from '../connection.ts';
import { writeNewFile } from '../files.ts';
import { fetchInstance } from '../instance.ts';
import { requireSigner, signStatement } from '../statement.ts';

interface GrantOptions extends ServerOptions {
  readonly project: string;
  readonly name: string;
  readonly expires: string;
  readonly credentialFile?: string;
}

/** `countersign credential grant|list|revoke`: what CI opens releases with. */
export function addCredential(parent: Command, perform: Perform): void {
  const group = parent
    .command('credential')
    .summary('project credentials, with which CI opens releases')
    .description(
      'Project credentials: CI opens releases with them, and their creator is the requester.',
    );
  addServerOptions(
    group
      .command('grant')
      .summary('make a project credential; you are requester of what it opens')
      .description(
        'Makes a project credential on this machine and signs its digest, so that the gateway never\nsees it before CI uses it. It is shown once.',
      )
      .requiredOption('--project <name>', 'the project that it may open releases of')
      .requiredOption('--name <name>', 'a name by which people know it')
      .option('--expires <duration>', 'how long it lives, at most 366d', '90d')
      .option(
        '--credential-file <file>',
        'write it into this new file, mode 0600, instead of the screen',
      )
      .addHelpText(
        'after',
        examples('countersign credential grant --project aitbc --name ci --expires 90d'),
      ),
  ).action((options: GrantOptions) => perform((context) => grantCredential(context, options)));
  addServerOptions(
    group
      .command('list')
      .summary('project credentials of a project')
      .description('Lists the credentials of a project; never the secrets.')
      .requiredOption('--project <name>', 'the project')
      .addHelpText('after', examples('countersign credential list --project aitbc')),
  ).action((options: ServerOptions & { readonly project: string }) =>
    perform((context) =>
      withClient(context, options, async (client) => {
        const credentials = await client.grants(options.project);
        return {
          exit: 0,
          value: { credentials },
          prose: credentials.map(describeGrant),
        };
      }),
    ),
  );
  addServerOptions(
    group
      .command('revoke')
      .summary('end a project credential, whoever made it')
      .description(
        'Ends every credential of this name: it opens nothing any more. Any person of the roster may\ndo this, and the ledger says who did. Releases that it opened go on; cancel those you doubt.',
      )
      .argument('<name>', 'the name it was granted under')
      .requiredOption('--project <name>', 'the project')
      .addHelpText('after', examples('countersign credential revoke ci --project aitbc')),
  ).action((name: string, options: ServerOptions & { readonly project: string }) =>
    perform((context) =>
      withClient(context, options, async (client) => {
        const credentials = await client.revokeGrant(options.project, name);
        return { exit: 0, value: { credentials }, prose: credentials.map(describeGrant) };
      }),
    ),
  );
}

function describeGrant({ name, creator, expiresAt, revokedAt }: Grants[number]): string {
  return `${name}: by ${creator}, until ${expiresAt}${revokedAt === null ? '' : `, revoked ${revokedAt}`}`;
}

async function grantCredential(context: CommandContext, options: GrantOptions): Promise<Outcome> {
  const { host } = context;
  const seconds = parseDuration(options.expires);
  if (seconds === undefined) {
    throw new CountersignError(
      'usage',
      `expected a duration such as 90d, found ${options.expires}`,
    );
  }
  return withClient(context, options, async (client) => {
    const { digest, state } = await fetchInstance(host, client);
    const signer = requireKey(host, options);
    const person = await requireSigner(signer, state.roster);
    const token = createToken('project', host.random(TOKEN_RANDOM_BYTES));
    const issuedAt = host.now();
    const predicate: Grant = {
      schema: 'countersign/grant/v1',
      genesis: digest,
      project: options.project,
      name: options.name,
      credential: await hashToken(nodeCrypto, token),
      person: person.id,
      issuedAt,
      expiresAt: new Date(Date.parse(issuedAt) + seconds * 1000).toISOString(),
    };
    const envFile =
      options.credentialFile === undefined ? null : resolve(host.cwd, options.credentialFile);
    if (envFile !== null)
      await writeNewFile(envFile, `COUNTERSIGN_TOKEN=${token}\n`, { secret: true });
    const payload = encodeInstanceStatement('grant', digest, predicate);
    await client.grant(await signStatement(signer, 'grant', payload));
    return {
      exit: 0,
      value: {
        name: options.name,
        project: options.project,
        creator: person.id,
        expiresAt: predicate.expiresAt,
        token: envFile === null ? token : null,
        envFile,
      },
      prose: [
        `${options.name}: opens releases of ${options.project} until ${predicate.expiresAt}; ${person.id} is their requester`,
        envFile === null ? `COUNTERSIGN_TOKEN=${token}` : `written to ${envFile}`,
        ...(envFile === null ? ['It is shown once. Give it to CI as a secret variable.'] : []),
      ],
    };
  });
}
