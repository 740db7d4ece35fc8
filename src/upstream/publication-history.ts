import { HISTORY_VERSIONS_MAX, type PublicationHistory } from '../core/manifest.ts';

/** What a history is of. */
type Subject = Pick<PublicationHistory, 'ecosystem' | 'package'>;

/** A moment at which a version, or a file of it, appeared; `at` as the registry spells it. */
export interface Appearance {
  readonly version: string;
  readonly at: string;
}

/** The history that `appearances` make; of several of one version the first counts. Times that are
 * none are left out; where nothing is left the registry told nothing. */
export function composeHistory(
  subject: Subject,
  appearances: Iterable<Appearance>,
): PublicationHistory {
  const times = new Map<string, string>();
  for (const { version, at } of appearances) {
    const date = new Date(at);
    // years beyond four digits are no times of ours
    if (version.length > 256 || !/^\d{4}-/.test(at) || Number.isNaN(date.getTime())) continue;
    const time = date.toISOString();
    const known = times.get(version);
    if (known === undefined || time < known) times.set(version, time);
  }
  const newest = [...times]
    .map(([version, at]) => ({ version, at }))
    .sort((one, other) => order(other.at, one.at) || order(one.version, other.version));
  const first = newest.at(-1)?.at;
  if (first === undefined) return untoldHistory(subject, 'the registry tells no times of versions');
  return {
    ecosystem: subject.ecosystem,
    package: subject.package,
    answer: 'told',
    reason: null,
    first,
    newest: newest.slice(0, HISTORY_VERSIONS_MAX),
  };
}

/** The registry knows no such package. */
export function absentHistory({ ecosystem, package: name }: Subject): PublicationHistory {
  return { ecosystem, package: name, answer: 'absent', reason: null, first: null, newest: [] };
}

/** The package is there, and nobody can say since when. */
export function untoldHistory(
  { ecosystem, package: name }: Subject,
  reason: string,
): PublicationHistory {
  return { ecosystem, package: name, answer: 'untold', reason, first: null, newest: [] };
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
