/** What the use cases are given. `compose.ts` builds it; tests build it from real adapters. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { Upstream } from '../core/policy.ts';
import type { Ecosystem, UpstreamRegistry } from '../ecosystem/ecosystem.ts';
import type {
  Blobs,
  CiTokens,
  Clock,
  Inspector,
  Log,
  Randomness,
  Sources,
  Store,
} from './ports.ts';

export interface GatewaySettings {
  /** Public address; sessions are signed for it. */
  readonly origin: string;
  readonly uploadMaxBytes: number;
  /** All artifacts of one release together. */
  readonly releaseMaxBytes: number;
  readonly uploadCredentialSeconds: number;
  readonly sessionSeconds: number;
}

export interface GatewayDeps {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly inspector: Inspector;
  readonly sources: Sources;
  readonly crypto: VerifierCrypto;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  /** Rejects where the signal fires before. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly ecosystems: ReadonlyMap<string, Ecosystem>;
  /** Credential-less access to a configured registry: reads only. */
  readonly registry: (upstream: Upstream) => UpstreamRegistry;
  readonly ciTokens: CiTokens;
  /** 32 random bytes of this process, which its session challenges are made with. */
  readonly challengeKey: Uint8Array;
  readonly settings: GatewaySettings;
}

/** Throws `not-found` for an ecosystem that this gateway does not know. */
export function requireEcosystem(deps: Pick<GatewayDeps, 'ecosystems'>, name: string): Ecosystem {
  const found = deps.ecosystems.get(name);
  if (found !== undefined) return found;
  throw new CountersignError(
    'not-found',
    `expected ecosystem ${[...deps.ecosystems.keys()].join(' or ')}, found ${name}`,
  );
}
