/** What runs where known files are started, and is not what it was. */
import { quoteForeign } from '../../formats/text.ts';
import { loadedFiles } from '../artifact/loaded-files.ts';
import type { PackedFile } from '../artifact/packed-tree.ts';
import type { ArtifactChange, ArtifactView } from '../rule.ts';

const NAMES_SHOWN = 5;
const NEVER_RUN = /(?:^|\/)package\.json$|\.d\.[cm]?ts$/;

/** Places of files that are new, or have other bytes than before. */
export function otherPlaces({
  difference: { added, changed },
}: ArtifactChange): ReadonlySet<string> {
  return new Set([...added, ...changed.map(({ after }) => after)].map((one) => one.place));
}

/** Of `starts` and all that they load what is new or has other bytes, in order of the way. Files that
 * only give names to values are left out, and package.json, which is another each time. Empty for a
 * first release. */
export function loadedOtherwise(
  starts: Iterable<string>,
  { artifact, tree, change }: Pick<ArtifactView, 'artifact' | 'tree' | 'change'>,
): readonly PackedFile[] {
  if (change === null) return [];
  const others = otherPlaces(change);
  return loadedFiles(starts, tree, artifact.package).filter(
    ({ place, loads }) => others.has(place) && !loads.isLiteral && !NEVER_RUN.test(place),
  );
}

/** The files by their names, as a clause: `"a.js"`, or `"a.js", "b.js" and 3 more`. */
export function namesOfFiles(files: readonly Pick<PackedFile, 'place'>[]): string {
  const shown = files.slice(0, NAMES_SHOWN).map((one) => quoteForeign(one.place));
  const more = files.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
