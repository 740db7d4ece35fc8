/**
 * What is in force, by the publisher's own reading: from the genesis that its trust file names,
 * through every change that the ledger holds, each verified as a stranger would.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { Trust } from '../core/genesis.ts';
import type { GovernanceState } from '../core/governance-state.ts';
import type { Sha256 } from '../core/names.ts';
import { type Founded, verifyFounding } from '../evidence/founding.ts';
import {
  createTimeline,
  type GovernanceStep,
  type GrowingTimeline,
} from '../evidence/governance.ts';
import { readGenesisTexts } from '../gateway/evidence.ts';
import { readGovernanceSteps } from '../gateway/governance-steps.ts';
import type { Store } from '../gateway/ports.ts';

/** What is in force now. `index` is the ledger entry of the last change, 0 for the founding. */
export interface InForce {
  readonly founded: Founded;
  readonly state: GovernanceState;
  readonly head: Sha256;
  readonly headAt: (index: number) => Sha256;
  readonly index: number;
}

export interface PublisherGovernance {
  /**
   * Reads on in the ledger. Throws `evidence-invalid` and the like where a change in it does not
   * hold: from then on nothing ships, since nobody can say what is in force.
   */
  current(): Promise<InForce>;
  /** Verifies a step that would come next, and changes nothing. Throws as `current`. */
  check(step: GovernanceStep): Promise<void>;
}

interface Reading {
  readonly founded: Founded;
  readonly timeline: GrowingTimeline;
  index: number;
}

export function createPublisherGovernance(deps: {
  readonly store: Store;
  readonly crypto: VerifierCrypto;
  readonly trust: Trust;
}): PublisherGovernance {
  let reading: Reading | undefined;
  const readOn = async (): Promise<Reading> => {
    reading ??= await begin(deps);
    const after = reading.index;
    for (const step of await deps.store.read((tx) => readGovernanceSteps(tx, after))) {
      await reading.timeline.add(step);
      reading.index = step.index;
    }
    return reading;
  };
  // one at a time: two readers would add the same step twice
  let running: Promise<unknown> = Promise.resolve();
  const next = <T>(work: () => Promise<T>): Promise<T> => {
    const result = running.then(work, work);
    running = result.catch(() => undefined);
    return result;
  };
  return {
    current: () =>
      next(async () => {
        const { founded, timeline, index } = await readOn();
        const { headAt } = timeline;
        return { founded, state: timeline.asOf(index), head: headAt(index), headAt, index };
      }),
    check: (step) => next(async () => (await readOn()).timeline.check(step)),
  };
}

async function begin({
  store,
  crypto,
  trust,
}: Parameters<typeof createPublisherGovernance>[0]): Promise<Reading> {
  const { document, founding } = await store.read(readGenesisTexts);
  const founded = await verifyFounding(crypto, document, founding);
  if (founded.digest !== trust.genesis) {
    throw new CountersignError(
      'evidence-invalid',
      'the store belongs to another instance than the trust file',
    );
  }
  return { founded, timeline: await createTimeline(crypto, founded), index: 0 };
}
