/** Wires the founding: keys, genesis, trust file. The rest of the wiring is compose.ts. */
import { openStore, publisherFolder, type RunOptions } from './compose.ts';
import type { Trust } from './core/genesis.ts';
import { foundInstance } from './gateway/found.ts';
import type { SignedStatement } from './gateway/ports.ts';
import { systemClock, systemRandomness } from './host/clock.ts';
import type { Config } from './host/config.ts';
import { nodeCrypto } from './host/node-crypto.ts';
import type { Secret } from './host/secret.ts';
import {
  createPublisherFolder,
  type PublicKeys,
  readPublicKeys,
  writeTrustFile,
} from './publisher/folder.ts';

/**
 * Makes the keys of a new instance; `origin` names its log, a `passphrase` takes the place of the
 * wrapping key file. Throws `state-conflict` where keys are, `usage` for a short passphrase.
 */
export function createKeys(
  config: Config,
  origin: string,
  passphrase: Secret | null,
): Promise<PublicKeys> {
  return createPublisherFolder(nodeCrypto, publisherFolder(config), origin, passphrase);
}

/** The public halves of keys that exist. */
export function readKeys(config: Config): Promise<PublicKeys> {
  return readPublicKeys(nodeCrypto, publisherFolder(config));
}

/** Puts a signed genesis into force, and gives the publisher its trust file. */
export async function found(
  config: Config,
  env: RunOptions['env'],
  document: string,
  signatures: readonly SignedStatement[],
  trust: Trust,
): Promise<void> {
  const store = await openStore(config, env);
  try {
    await foundInstance(
      { store, crypto: nodeCrypto, clock: systemClock, random: systemRandomness },
      document,
      signatures,
    );
  } finally {
    await store.close();
  }
  await writeTrustFile(publisherFolder(config), trust);
}
