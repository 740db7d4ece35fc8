/**
 * What the ledger itself says of releases, gathered while its entries are read for signing. The
 * database can be changed by whoever holds it; entries below a kept checkpoint cannot, and those
 * that only the publisher writes cannot be invented. Where both speak, this is believed.
 */
import type { LedgerEntry } from '../core/ledger-entry.ts';
import type { ReleaseId, Sha256 } from '../core/names.ts';
import {
  RELEASE_STATES,
  type ReleaseEvent,
  type ReleaseState,
  TRANSITIONS,
} from '../core/release-state.ts';

export interface LedgerHistory {
  /** Takes the next entry in. Never throws: what makes no sense leaves its release `disputed`. */
  note(entry: LedgerEntry): void;
  /** State that the recorded transitions lead to; `disputed` where one is not in the table of
   * states, undefined for a release that the ledger does not know. */
  stateOf(release: ReleaseId): ReleaseState | 'disputed' | undefined;
  /** Digests of the statements and CI identities by which a release was asked for; empty when
   * unknown. */
  askedFor(release: ReleaseId): ReadonlySet<Sha256>;
  /** Digests of approvals of a release that were taken back; empty when there are none. */
  withdrawn(release: ReleaseId): ReadonlySet<Sha256>;
  /** Whether a credential was used under this manifest. */
  isUsed(manifest: Sha256): boolean;
  /** Sequence numbers of the effects that were seen to be done; empty when there are none. */
  observed(release: ReleaseId): ReadonlySet<number>;
}

interface Known {
  state: ReleaseState | 'disputed';
  readonly asked: Set<Sha256>;
  readonly withdrawn: Set<Sha256>;
  readonly observed: Set<number>;
}

const NONE: ReadonlySet<never> = new Set();

export function createLedgerHistory(): LedgerHistory {
  const releases = new Map<string, Known>();
  const used = new Set<Sha256>();
  return {
    note(entry) {
      const known = entry.release === null ? undefined : releases.get(entry.release);
      const { statement, identity, manifest } = entry.digests;
      const asked = statement ?? identity;
      switch (entry.kind) {
        case 'release-opened':
          if (entry.release === null) return;
          if (known !== undefined) known.state = 'disputed';
          else releases.set(entry.release, opened(statement));
          return;
        case 'release-adopted':
        case 'ci-identified':
          noteDigest(known?.asked, asked);
          return;
        case 'release-transition':
          if (known !== undefined) known.state = stateAfter(known.state, entry);
          return;
        case 'approval-withdrawn':
          noteDigest(known?.withdrawn, entry.digests['approval']);
          return;
        case 'credential-used':
          noteDigest(used, manifest);
          return;
        case 'effect-observed':
          known?.observed.add(Number(entry.ids['sequence']));
          return;
        default:
          return;
      }
    },
    stateOf: (release) => releases.get(release)?.state,
    askedFor: (release) => releases.get(release)?.asked ?? NONE,
    withdrawn: (release) => releases.get(release)?.withdrawn ?? NONE,
    isUsed: (manifest) => used.has(manifest),
    observed: (release) => releases.get(release)?.observed ?? NONE,
  };
}

function noteDigest(seen: Set<Sha256> | undefined, digest: Sha256 | undefined): void {
  if (digest !== undefined) seen?.add(digest);
}

function opened(statement: Sha256 | undefined): Known {
  const asked = new Set(statement === undefined ? [] : [statement]);
  return { state: 'receiving', asked, withdrawn: new Set(), observed: new Set() };
}

/** One step of the table of states, and none that is not in it. */
function stateAfter(state: Known['state'], { ids }: LedgerEntry): Known['state'] {
  const event = ids['event'] ?? '';
  const table: Partial<Record<string, ReleaseState>> = Object.hasOwn(TRANSITIONS, event)
    ? TRANSITIONS[event as ReleaseEvent]
    : {};
  const next = RELEASE_STATES.find((one) => one === ids['to']);
  const legal = ids['from'] === state && next !== undefined && table[state] === next;
  return legal ? next : 'disputed';
}
