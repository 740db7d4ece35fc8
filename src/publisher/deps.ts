/** What the publisher is given. It shares database and artifacts with the web process, and alone
 * holds the wrapping key, the ledger's signing key and the trust file. */

import type { VerifierCrypto } from '../core/crypto.ts';
import type { Trust } from '../core/genesis.ts';
import type { Upstream } from '../core/policy.ts';
import type { PolicyRules } from '../core/policy-compile.ts';
import type { Ecosystem, UpstreamRegistry } from '../ecosystem/ecosystem.ts';
import type { Blobs, Clock, Log, Randomness, Sources, Store } from '../gateway/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { PublisherGovernance } from './governance.ts';
import type { Journal } from './journal.ts';
import type { LedgerSigner } from './ledger-signer.ts';

export interface PublisherDeps {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly sources: Sources;
  readonly crypto: VerifierCrypto;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
  readonly ecosystems: ReadonlyMap<string, Ecosystem>;
  readonly registry: (upstream: Upstream) => UpstreamRegistry;
  readonly trust: Trust;
  /** What countersign.yaml proposes now; it must be what was signed. Read anew for each release. */
  readonly proposal: () => Promise<PolicyRules>;
  readonly vault: Vault;
  /** Private X25519 key that deposits were sealed to, 32 bytes. */
  readonly depositKey: Uint8Array;
  readonly signer: LedgerSigner;
  readonly governance: PublisherGovernance;
  readonly journal: Journal;
  /** How long one effect may take to become visible before the release waits for the registry. */
  readonly visibleWithinMs: number;
}
