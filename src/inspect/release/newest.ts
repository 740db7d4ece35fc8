/** The files of what upstream shows as newest and nobody approved, each beside one of ours. */
import type { ArtifactSummary } from '../../core/artifact-summary.ts';
import type { InspectionInputs, NewestFile, NewestVersion } from '../../core/manifest.ts';
import { compareText, quoteForeign } from '../../formats/text.ts';
import type { SummaryDifference } from '../diff/difference.ts';
import { seriesOf } from '../diff/summary.ts';

/** A file of an unapproved version, with what tells whose it is. */
export type NewestOf = NewestFile & Pick<NewestVersion, 'ecosystem' | 'package' | 'version'>;

/** What is different in an artifact from a file of an unapproved version: `before` is that file. It
 * is no baseline, and nothing that the artifact shares with it is known for that. */
export interface UpstreamChange {
  readonly version: string;
  readonly file: string;
  readonly before: ArtifactSummary;
  readonly difference: SummaryDifference;
}

/** All of them, in the order of the inputs. */
export function newestFiles({
  newest = [],
}: Pick<InspectionInputs, 'newest'>): readonly NewestOf[] {
  return newest.flatMap(({ ecosystem, package: name, version, files }) =>
    files.map((one) => ({ ...one, ecosystem, package: name, version })),
  );
}

/** What decides which file of another version is the same file. */
export interface Placed {
  readonly ecosystem: string;
  readonly package: string;
  readonly kind: string;
  readonly file: string;
}

/** The file among `others` that `one` is compared with, or null: that of the same series; else any
 * of the same kind, the first in order of name. */
export function counterpartOf<T extends Placed>(one: Placed, others: readonly T[]): T | null {
  const own = others
    .filter(
      (other) =>
        other.ecosystem === one.ecosystem &&
        other.package === one.package &&
        other.kind === one.kind,
    )
    .toSorted((left, right) => compareText(left.file, right.file));
  return own.find((other) => seriesOf(other) === seriesOf(one)) ?? own[0] ?? null;
}

/** A version as it may stand in a message: it comes from the registry, and may be none. */
export function spellVersion(version: string): string {
  return /^[0-9][0-9A-Za-z.+!-]{0,60}$/.test(version) ? version : quoteForeign(version, 60);
}
