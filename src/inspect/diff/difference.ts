/** The structured difference of two summaries: what people read before they sign. */
import type { ArtifactSummary, SummaryFile } from '../../core/artifact-summary.ts';

/** Null on the side where there is nothing. */
export interface FactChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What one file can do that it could not do before. */
export interface FileUse {
  readonly place: string;
  readonly isNew: boolean;
  readonly ids: readonly string[];
}

/** Deterministic: every list in order of place, name or id. */
export interface SummaryDifference {
  readonly added: readonly SummaryFile[];
  readonly removed: readonly SummaryFile[];
  /** Other bytes or another mode. */
  readonly changed: readonly { readonly before: SummaryFile; readonly after: SummaryFile }[];
  /** Whether the files beyond the bound of a summary differ; which of them nobody can tell. */
  readonly restChanged: boolean;
  readonly facts: readonly FactChange[];
  /** What no file could do before, each with the first file that can. */
  readonly capabilities: readonly { readonly id: string; readonly place: string }[];
  /** What some file could do before and none can now, each with the first file that could. */
  readonly lost: readonly { readonly id: string; readonly place: string }[];
  /** Files that can do what they could not before, or that are new and can do something, in order
   * of place; empty where the version before did not tell what each file could. */
  readonly uses: readonly FileUse[];
  readonly sizeBytes: { readonly before: number; readonly after: number };
}

/** What `after` has that `before` had not, and the other way round. */
export function compareSummaries(
  before: ArtifactSummary,
  after: ArtifactSummary,
): SummaryDifference {
  const old = new Map(before.files.map((one) => [one.place, one]));
  const fresh = new Map(after.files.map((one) => [one.place, one]));
  return {
    added: [...fresh.values()].filter((one) => !old.has(one.place)),
    removed: [...old.values()].filter((one) => !fresh.has(one.place)),
    changed: [...fresh.values()].flatMap((one) => {
      const other = old.get(one.place);
      const isSame =
        other === undefined || (other.sha256 === one.sha256 && other.mode === one.mode);
      return isSame ? [] : [{ before: other, after: one }];
    }),
    restChanged: before.rest?.sha256 !== after.rest?.sha256,
    facts: compareFacts(before, after),
    capabilities: onlyIn(after.capabilities, before.capabilities),
    lost: onlyIn(before.capabilities, after.capabilities),
    uses: before.usingFiles === undefined ? [] : compareUses(old, [...fresh.values()]),
    sizeBytes: { before: before.sizeBytes, after: after.sizeBytes },
  };
}

function onlyIn(
  some: ArtifactSummary['capabilities'],
  others: ArtifactSummary['capabilities'],
): ArtifactSummary['capabilities'] {
  const known = new Set(others.map((one) => one.id));
  return some.filter((one) => !known.has(one.id));
}

function compareUses(
  old: ReadonlyMap<string, SummaryFile>,
  after: readonly SummaryFile[],
): readonly FileUse[] {
  return after.flatMap(({ place, uses = [] }) => {
    const before = old.get(place);
    const ids = uses.filter((id) => before?.uses?.includes(id) !== true);
    return ids.length === 0 ? [] : [{ place, isNew: before === undefined, ids }];
  });
}

function compareFacts(before: ArtifactSummary, after: ArtifactSummary): readonly FactChange[] {
  const old = new Map(before.facts.map((one) => [one.name, one.value]));
  const fresh = new Map(after.facts.map((one) => [one.name, one.value]));
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((name) => {
    const change = { name, before: old.get(name) ?? null, after: fresh.get(name) ?? null };
    return change.before === change.after ? [] : [change];
  });
}
