/** What people see of what is in force. */
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import type { GatewayDeps } from './deps.ts';
import { readGenesisTexts } from './evidence.ts';
import type { Caller, GenesisAnswer, GovernanceView } from './gateway.ts';
import { type Governance, readGovernance } from './governance.ts';
import { readGovernanceSteps } from './governance-steps.ts';
import { requirePersonCaller } from './identify.ts';
import type { StoreReader } from './ports.ts';

export function viewGovernance({ state }: Governance): GovernanceView {
  return {
    roster: decodeUtf8(encodeCanonical(state.roster)),
    policy: decodeUtf8(encodeCanonical(state.policy)),
    rosterDigest: state.rosterDigest,
    policyDigest: state.policyDigest,
    suspended: [...state.suspended].map(([subject, by]) => ({ subject, by })),
    newKeys: [...state.countsFrom].map(([key, from]) => ({ key, from })),
    recovery:
      state.recovery === null
        ? null
        : { digest: state.recovery.digest, startedAt: state.recovery.at },
    breaks: state.breaks.map(({ index, at, reason }) => ({ index, at, reason })),
  };
}

/** For anybody of the roster. */
export function showGovernance(deps: GatewayDeps, caller: Caller): Promise<GovernanceView> {
  requirePersonCaller(caller);
  return deps.store.read(async (tx) => viewGovernance(await readGovernance(tx)));
}

/** The founding and every change since, with their proofs. */
export async function readGenesis(tx: StoreReader): Promise<GenesisAnswer> {
  const { document, founding } = await readGenesisTexts(tx);
  const steps = await readGovernanceSteps(tx, 0);
  return {
    document,
    founding,
    changes: steps.map(({ index, row, statements, documents }) => ({
      index,
      entry: decodeUtf8(row.bytes),
      statements,
      documents,
    })),
  };
}
