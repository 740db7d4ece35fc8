/** The instance behind a gateway: its genesis, held against the trust file where there is one. */
import { resolve } from 'node:path';
import type { Client } from '../client/client.ts';
import { CountersignError } from '../core/errors.ts';
import type { Genesis } from '../core/genesis.ts';
import type { GovernanceState } from '../core/governance-state.ts';
import { ledgerEntry } from '../core/ledger-entry.ts';
import type { Sha256 } from '../core/names.ts';
import { verifyFounding } from '../evidence/founding.ts';
import { type GovernanceStep, type Timeline, verifyTimeline } from '../evidence/governance.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { encodeUtf8 } from '../formats/text.ts';
import type { GenesisAnswer, GovernanceChange } from '../gateway/gateway.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { genesisAnswer, genesisFromWire } from '../wire/administration.ts';
import type { CommandHost } from './command.ts';
import { trustOf } from './connection.ts';
import { parseJson, readTextFile } from './files.ts';

export interface Instance {
  readonly digest: Sha256;
  readonly genesis: Genesis;
  /** What is in force, verified here from the founding on. */
  readonly state: GovernanceState;
  readonly timeline: Timeline;
  /** Every change since the founding. */
  readonly steps: readonly GovernanceStep[];
}

/**
 * Fetches the genesis and every change since, and verifies the way. Throws `evidence-invalid` where
 * the founders did not sign it, a change has no quorum, or COUNTERSIGN_TRUST names another instance.
 */
export async function fetchInstance(host: CommandHost, client: Client): Promise<Instance> {
  return verifyInstance(host, await client.genesis());
}

async function verifyInstance(
  host: CommandHost,
  { document, founding, changes }: GenesisAnswer,
): Promise<Instance> {
  const founded = await verifyFounding(nodeCrypto, document, founding);
  const trust = await trustOf(host, {});
  if (trust !== null && trust.genesis !== founded.digest) {
    throw new CountersignError(
      'evidence-invalid',
      `this gateway is another instance: the trust file names genesis ${trust.genesis}, found ${founded.digest}`,
      { hint: 'check --server and COUNTERSIGN_TRUST; nothing was sent' },
    );
  }
  const steps = changes.map(readChange);
  const timeline = await verifyTimeline(nodeCrypto, founded, steps);
  const state = timeline.asOf(Number.MAX_SAFE_INTEGER);
  return { digest: founded.digest, genesis: founded.document, state, timeline, steps };
}

/** The answer of `GET /api/v1/genesis` that somebody carried here. Throws as `readTextFile`. */
export async function readInstanceFile(host: CommandHost, file: string): Promise<Instance> {
  const what = 'the answer of /api/v1/genesis';
  const text = await readTextFile(resolve(host.cwd, file), what, 64 * 1024 * 1024);
  const parsed = genesisAnswer.safeParse(parseJson(text, what));
  if (!parsed.success) throw new CountersignError('malformed-document', `${file} is not ${what}`);
  return verifyInstance(host, genesisFromWire(parsed.data));
}

/** The step that a change is. Throws `not-canonical`, `malformed-document`. */
export function readChange(change: GovernanceChange): GovernanceStep {
  const { entry, ...rest } = change;
  return { ...rest, entry: ledgerEntry(decodeCanonical(encodeUtf8(entry)), 'ledger entry') };
}
