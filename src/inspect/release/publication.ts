/** Ages of what is upstream, counted from when it was asked; nothing here reads a clock. */
import type { InspectionInputs, PublicationHistory } from '../../core/manifest.ts';
import {
  type ChangedRange,
  changedRanges,
  newDependencies,
} from '../../ecosystem/new-dependencies.ts';
import type { ArtifactView } from '../rule.ts';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What was recorded of a package; null where nobody asked. */
export function historyOf(
  { times }: Pick<InspectionInputs, 'times'>,
  ecosystem: string,
  packageName: string,
): PublicationHistory | null {
  return (
    times?.histories.find((one) => one.ecosystem === ecosystem && one.package === packageName) ??
    null
  );
}

/** Milliseconds; a time after the asking, of a clock that is ahead, is no age at all: 0. */
export function ageOf(time: string, { times }: Pick<InspectionInputs, 'times'>): number {
  return Math.max(0, Date.parse(times?.askedAt ?? time) - Date.parse(time));
}

/** As a person would say it: `17 minutes`, `5 hours`, `12 days`. */
export function describeAge(ageMs: number): string {
  const [count, unit] =
    ageMs < HOUR_MS
      ? [Math.floor(ageMs / 60_000), 'minute']
      : ageMs < 2 * DAY_MS
        ? [Math.floor(ageMs / HOUR_MS), 'hour']
        : [Math.floor(ageMs / DAY_MS), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** What is new, and is not a package of this very release. */
export function askedDependencies(view: ArtifactView): readonly string[] {
  const { artifact, change } = view;
  if (artifact.description === null) return [];
  return newDependencies(artifact.description, change === null ? [] : [change.before]).filter(
    (name) => !isOwn(view, name),
  );
}

/** What was there in other versions, and is not a package of this very release. */
export function askedRanges(view: ArtifactView): readonly ChangedRange[] {
  const { artifact, change } = view;
  if (artifact.description === null || change === null) return [];
  return changedRanges(artifact.description, [change.before]).filter(
    ({ name }) => !isOwn(view, name),
  );
}

function isOwn({ artifact, release }: ArtifactView, name: string): boolean {
  const declared = release?.inputs.declared ?? [];
  return declared.some((one) => one.ecosystem === artifact.ecosystem && one.package === name);
}
