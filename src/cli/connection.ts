/** How a command reaches the gateway, and as whom. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Client, createClient } from '../client/client.ts';
import { CountersignError } from '../core/errors.ts';
import type { Trust } from '../core/genesis.ts';
import type { Session } from '../core/manifest.ts';
import { encodeInstanceStatement } from '../evidence/signed-statement.ts';
import type { CommandContext, CommandHost } from './command.ts';
import { readTrustFile } from './files.ts';
import type { SshSigner } from './ssh-sign.ts';
import { signStatement } from './statement.ts';

/** Options of every command that talks to a gateway. */
export interface ServerOptions {
  readonly server?: string;
  readonly key?: string;
}

export function addServerOptions(command: Command): Command {
  return command
    .option('--server <url>', 'address of the gateway; default COUNTERSIGN_SERVER')
    .option('--key <file>', 'your SSH key, private or .pub with an agent; default COUNTERSIGN_KEY');
}

/** The gateway's origin. Throws `usage` without one, or with more than scheme, host and port. */
export function originOf(host: CommandHost, options: ServerOptions): string {
  const text = options.server ?? host.env['COUNTERSIGN_SERVER'] ?? '';
  if (text === '') {
    throw new CountersignError('usage', 'expected the address of the gateway, found none', {
      hint: 'add --server https://release.example.com, or set COUNTERSIGN_SERVER',
    });
  }
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || text.replace(/\/$/, '') !== url.origin) {
    throw new CountersignError(
      'usage',
      `expected an address of scheme, host and port only, found ${text.slice(0, 200)}`,
    );
  }
  return url.origin;
}

/** The signer of --key or COUNTERSIGN_KEY. Throws `usage` without one. */
export function requireKey(host: CommandHost, options: ServerOptions): SshSigner {
  const keyFile = options.key ?? host.env['COUNTERSIGN_KEY'] ?? '';
  if (keyFile !== '') return host.signer(resolve(host.cwd, keyFile));
  throw new CountersignError('usage', 'expected an SSH key to sign with, found none', {
    hint: 'add --key ~/.ssh/id_ed25519, or set COUNTERSIGN_KEY',
  });
}

/** The trust file of --trust or COUNTERSIGN_TRUST; null where neither names one. */
export async function trustOf(
  host: CommandHost,
  options: { readonly trust?: string },
): Promise<Trust | null> {
  const file = options.trust ?? host.env['COUNTERSIGN_TRUST'] ?? '';
  return file === '' ? null : readTrustFile(resolve(host.cwd, file));
}

/** A client of the gateway that calls as nobody. */
export function anonymousClient(host: CommandHost, options: ServerOptions): Client {
  return createClient({ origin: originOf(host, options), fetch: host.fetch });
}

/**
 * Runs `work` with a client: signed in with --key where there is one, else with the project
 * credential of COUNTERSIGN_TOKEN, else as nobody. A session lives in memory, for this command,
 * and is closed at its end.
 */
export async function withClient<T>(
  { host }: CommandContext,
  options: ServerOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const origin = originOf(host, options);
  const hasKey = (options.key ?? host.env['COUNTERSIGN_KEY'] ?? '') !== '';
  if (!hasKey) {
    const token = host.env['COUNTERSIGN_TOKEN'] ?? null;
    return work(createClient({ origin, fetch: host.fetch, token: token === '' ? null : token }));
  }
  const token = await openSession(host, origin, requireKey(host, options));
  const client = createClient({ origin, fetch: host.fetch, token });
  try {
    return await work(client);
  } finally {
    // It ends by itself; failing to end it early is no reason to hide what happened.
    await client.closeSession().catch(() => undefined);
  }
}

async function openSession(host: CommandHost, origin: string, signer: SshSigner): Promise<string> {
  const client = createClient({ origin, fetch: host.fetch });
  const challenge = await client.challenge();
  // A server in the middle could pass on another gateway's challenge: what is signed names the
  // address that this person typed, and nothing else is signed.
  if (challenge.origin !== origin) {
    throw new CountersignError(
      'forbidden',
      `expected a challenge of ${origin}, found one of ${challenge.origin.slice(0, 200)}`,
      { hint: 'use the address that stands as gateway.origin in its configuration' },
    );
  }
  const predicate: Session = {
    schema: 'countersign/session/v1',
    genesis: challenge.genesis,
    origin,
    challenge: challenge.challenge,
    issuedAt: host.now(),
  };
  const payload = encodeInstanceStatement('session', challenge.genesis, predicate);
  return (await client.openSession(await signStatement(signer, 'session', payload))).token;
}
