import type { Command } from 'commander';
import { parseDuration } from '../../core/duration.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Deposit } from '../../core/manifest.ts';
import type { PolicyDocument, Upstream } from '../../core/policy.ts';
import { encodeInstanceStatement, sha256Hex } from '../../evidence/signed-statement.ts';
import { encodeCanonical } from '../../formats/canonical.ts';
import { decodeUtf8 } from '../../formats/text.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { Secret } from '../../host/secret.ts';
import { sealDeposit } from '../../vault/deposit.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, requireKey, type ServerOptions, withClient } from '../connection.ts';
import { fetchInstance } from '../instance.ts';
import { requireSigner, signStatement } from '../statement.ts';

interface PutOptions extends ServerOptions {
  readonly upstream: string;
  readonly expires?: string;
}

/** `countersign vault put|list`: credentials that open upstreams. */
export function addVault(parent: Command, perform: Perform): void {
  const group = parent
    .command('vault')
    .summary('credentials that open upstreams')
    .description('Credentials that open upstreams. Only the publisher can read them.');
  addServerOptions(
    group
      .command('put')
      .summary('hand over a credential, sealed to the publisher on this machine')
      .description(
        'Reads a credential from stdin (typed unseen on a terminal), seals it to the key of the\npublisher that stands in the signed genesis, and hands it over with your signature.',
      )
      .argument('<name>', 'its name, as the upstream in countersign.yaml says')
      .requiredOption('--upstream <name>', 'the upstream that it opens, and no other')
      .option('--expires <duration>', 'when it ends at the registry, such as 90d')
      .addHelpText(
        'after',
        examples(
          'countersign vault put npm-private --upstream npm-private --expires 90d',
          'countersign vault put npm-private --upstream npm-private < token.txt',
        ),
      ),
  ).action((name: string, options: PutOptions) =>
    perform((context) => putCredential(context, name, options)),
  );
  addServerOptions(
    group
      .command('list')
      .summary('which credentials are there, and in what state')
      .description('Lists credentials; never the secrets.')
      .addHelpText('after', examples('countersign vault list')),
  ).action((options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => {
        const credentials = await client.vault();
        return {
          exit: 0,
          value: { credentials },
          prose: credentials.map(
            (one) =>
              `${one.name} ${one.version}: ${one.state}, for ${one.upstream} at ${one.origin}, ${one.expiresAt === null ? 'no end known' : `until ${one.expiresAt}`}${one.note === null ? '' : ` (${one.note})`}`,
          ),
        };
      }),
    ),
  );
}

async function putCredential(
  context: CommandContext,
  name: string,
  options: PutOptions,
): Promise<Outcome> {
  const { host, terminal } = context;
  const seconds = options.expires === undefined ? null : parseDuration(options.expires);
  if (seconds === undefined) {
    throw new CountersignError(
      'usage',
      `expected a duration such as 90d, found ${options.expires}`,
    );
  }
  return withClient(context, options, async (client) => {
    const { digest, genesis, state } = await fetchInstance(host, client);
    const signer = requireKey(host, options);
    const person = await requireSigner(signer, state.roster);
    const upstream = requireUpstream(state.policy, options.upstream, name);
    const secret = new Secret(
      (await terminal.readSecret(`the credential for ${options.upstream}:`)).trim(),
    );
    const sealed = decodeUtf8(
      encodeCanonical(
        sealDeposit(
          genesis.keys.publisher,
          {
            genesis: digest,
            name,
            origin: new URL(upstream.url).origin,
            kind: upstream.ecosystem,
            purpose: 'publish',
          },
          secret,
        ),
      ),
    );
    const issuedAt = host.now();
    const predicate: Deposit = {
      schema: 'countersign/deposit/v1',
      genesis: digest,
      name,
      upstream: options.upstream,
      sealed: await sha256Hex(nodeCrypto, new TextEncoder().encode(sealed)),
      expiresAt:
        seconds === null ? null : new Date(Date.parse(issuedAt) + seconds * 1000).toISOString(),
      person: person.id,
      issuedAt,
    };
    const payload = encodeInstanceStatement('deposit', digest, predicate);
    const { version } = await client.deposit(
      await signStatement(signer, 'deposit', payload),
      sealed,
    );
    return {
      exit: 0,
      value: { name, version, upstream: options.upstream, expiresAt: predicate.expiresAt },
      prose: [
        `${name} ${version}: sealed here to the publisher's key, deposited by ${person.id}`,
        'countersign vault list shows when the publisher has taken it in',
      ],
    };
  });
}

function requireUpstream(rules: PolicyDocument, name: string, credential: string): Upstream {
  const found = Object.hasOwn(rules.upstreams, name) ? rules.upstreams[name] : undefined;
  if (found === undefined) {
    throw new CountersignError(
      'not-found',
      `expected one of the upstreams ${Object.keys(rules.upstreams).join(', ')}, found ${name}`,
    );
  }
  if (found.credential === credential) return found;
  throw new CountersignError(
    'not-found',
    `upstream ${name} uses ${found.credential === null ? 'no credential' : `credential ${found.credential}`} by the signed rules, not ${credential}`,
  );
}
