/** The instance behind a gateway: its genesis, held against the trust file where there is one. */
import type { Client } from '../client/client.ts';
import { CountersignError } from '../core/errors.ts';
import type { Genesis } from '../core/genesis.ts';
import type { Sha256 } from '../core/names.ts';
import { verifyFounding } from '../evidence/founding.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { CommandHost } from './command.ts';
import { trustOf } from './connection.ts';

export interface Instance {
  readonly digest: Sha256;
  readonly genesis: Genesis;
}

/**
 * Fetches and verifies the genesis. Throws `evidence-invalid` where its founders did not sign it or
 * COUNTERSIGN_TRUST names another.
 */
export async function fetchInstance(host: CommandHost, client: Client): Promise<Instance> {
  const { document, founding } = await client.genesis();
  const founded = await verifyFounding(nodeCrypto, document, founding);
  const trust = await trustOf(host, {});
  if (trust !== null && trust.genesis !== founded.digest) {
    throw new CountersignError(
      'evidence-invalid',
      `this gateway is another instance: the trust file names genesis ${trust.genesis}, found ${founded.digest}`,
      { hint: 'check --server and COUNTERSIGN_TRUST; nothing was sent' },
    );
  }
  return { digest: founded.digest, genesis: founded.document };
}
