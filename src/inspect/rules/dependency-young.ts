import { DEFAULT_YOUNG_DEPENDENCY_SECONDS } from '../../core/policy.ts';
import { quoteForeign } from '../../formats/text.ts';
import {
  ageOf,
  askedDependencies,
  askedRanges,
  describeAge,
  HOUR_MS,
  historyOf,
} from '../release/publication.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst, sampleHistory } from '../samples/sample-artifact.ts';

/** Age of the newest version below which an old package is told to be freshly changed. */
const FRESH_MS = 72 * HOUR_MS;
/** A version in a range, and the sign before it. */
const BOUND =
  /(<=?|!=|>=?|={1,3}|~[=>]?|\^)?[ \t]*v?([0-9]+(?:\.[0-9A-Za-z*]+)*(?:[-+][0-9A-Za-z.-]+)?)/g;
/** Names that one message lists. */
const NAMES_SHOWN = 5;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-young',
  version: 2,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    'A dependency that is new here and whose first version is younger than the policy allows (30 days by default), or of which nobody can tell how old it is; or one whose range names another version than before that is younger than three days',
  attack:
    'The dependency is made for the attack: plain-crypto-js was hours old when axios 1.14.1 / 0.30.4 took it in (I38), easy-day-js one day in @mastra: 144 packages (I52), flatmap-stream weeks in event-stream 3.3.6 (flatmap-stream) (I02); or a version of an old dependency is, and the range is raised to it before anybody has seen what it does: chalk, debug + 16 (qix); duckdb (I28)',
  mend: 'Wait, or read the dependency whole and acknowledge the finding; `young-dependencies` of the policy sets the age. Where the registry tells no times, look at its page',
  *check(view) {
    const { release, artifact, tree } = view;
    if (release === null || artifact.description === null) return;
    const path = tree.layout === 'npm' ? tree.byPlace.get('package.json')?.path : undefined;
    const place = path === undefined ? {} : { path };
    for (const one of newProblems(view, release)) yield { ...one, ...place };
    for (const one of rangeProblems(view, release)) yield { ...one, ...place };
  },
  examples: {
    bad: [
      {
        about: 'a dependency that is hours old',
        make: () => ({
          ...npmChange([{}], [{ dependencies: { 'plain-crypto-js': '4.2.1' } }]),
          histories: [sampleHistory('plain-crypto-js', 18 * HOUR_MS)],
        }),
      },
      {
        about: 'one of which the registry tells nothing',
        make: () => ({
          ...npmChange([{}], [{ dependencies: { a: '^1.0.0' } }]),
          histories: [sampleHistory('a', null)],
        }),
      },
      {
        about: 'one that was not asked about',
        make: () => npmFirst({ dependencies: { a: '^1.0.0' } }),
      },
      {
        about: 'an alias of one that is new',
        make: () => ({
          ...npmChange([{}], [{ dependencies: { a: 'npm:fresh@^1.0.0' } }]),
          histories: [sampleHistory('fresh', HOUR_MS)],
        }),
      },
      {
        about: 'a range that was raised to a version of today',
        make: () => ({
          ...npmChange([{ dependencies: { a: '^0.9.0' } }], [{ dependencies: { a: '^1.0.0' } }]),
          histories: [sampleHistory('a', 3 * HOUR_MS)],
        }),
      },
    ],
    noted: [
      {
        about: 'another range of a dependency that has a version of today',
        make: () => ({
          ...npmChange(
            [{ dependencies: { a: '^0.8.0' } }],
            [{ dependencies: { a: '>=0.9 <1.0' } }],
          ),
          histories: [sampleHistory('a', 3 * HOUR_MS)],
        }),
      },
      {
        about: 'another range of one of which the registry tells nothing',
        make: () => ({
          ...npmChange([{ dependencies: { a: '^0.8.0' } }], [{ dependencies: { a: '^0.9.0' } }]),
          histories: [sampleHistory('a', null)],
        }),
      },
    ],
    fine: [
      {
        about: 'a dependency that is years old',
        make: () => ({
          ...npmChange([{}], [{ dependencies: { a: '^1.0.0' } }]),
          histories: [sampleHistory('a', 20_000 * HOUR_MS)],
        }),
      },
      {
        about: 'a dependency that was there before',
        make: () => npmChange([{ dependencies: { a: '1' } }], [{ dependencies: { a: '1' } }]),
      },
      {
        about: 'a range that was raised to a version of long ago',
        make: () => ({
          ...npmChange([{ dependencies: { a: '^0.9.0' } }], [{ dependencies: { a: '1.0.0' } }]),
          histories: [sampleHistory('a', 20_000 * HOUR_MS)],
        }),
      },
    ],
  },
};

function problemOf(name: string, age: number, youngMs: number): string | null {
  if (age >= youngMs) return null;
  return `the dependency ${quoteForeign(name)} is new here, and its first version is ${describeAge(age)} old`;
}

function freshOf(name: string, age: number): ArtifactProblem {
  const message = `the dependency ${quoteForeign(name)} is new here, and its newest version is ${describeAge(age)} old`;
  return { message, subject: `${name} newest`, effect: 'note', severity: 'low' };
}

type Release = NonNullable<ArtifactView['release']>;

function youngMsOf({ youngDependencySeconds }: Release['policy']): number {
  return (youngDependencySeconds ?? DEFAULT_YOUNG_DEPENDENCY_SECONDS) * 1000;
}

function* newProblems(view: ArtifactView, { inputs, policy }: Release): Iterable<ArtifactProblem> {
  const untold: string[] = [];
  const youngMs = youngMsOf(policy);
  for (const name of askedDependencies(view)) {
    const history = historyOf(inputs, view.artifact.ecosystem, name);
    if (history?.answer === 'absent') continue;
    if (history === null || history.first === null) {
      untold.push(name);
      continue;
    }
    const message = problemOf(name, ageOf(history.first, inputs), youngMs);
    const newest = ageOf(history.newest[0]?.at ?? history.first, inputs);
    if (message !== null) yield { message, subject: name };
    else if (newest < FRESH_MS && youngMs > 0) yield freshOf(name, newest);
  }
  if (untold.length > 0) yield { message: untoldOf(untold), subject: 'untold' };
}

/** What changed ranges bring: versions that nobody has had the time to look at. */
function* rangeProblems(
  view: ArtifactView,
  { inputs, policy }: Release,
): Iterable<ArtifactProblem> {
  const freshMs = Math.min(FRESH_MS, youngMsOf(policy));
  const untold: string[] = [];
  for (const { name, before, after } of askedRanges(view)) {
    const history = historyOf(inputs, view.artifact.ecosystem, name);
    if (history?.answer === 'absent') continue;
    if (history === null || history.first === null) {
      untold.push(name);
      continue;
    }
    const fresh = history.newest.filter(({ at }) => ageOf(at, inputs) < freshMs);
    const named = fresh.find(({ version }) => namesVersion(after, version));
    const told = named ?? fresh[0];
    if (told === undefined) continue;
    const age = describeAge(ageOf(told.at, inputs));
    const change = `the range of ${quoteForeign(name)} was ${quoteForeign(before)} and is ${quoteForeign(after)}`;
    const subject = `${name} range`;
    yield named === undefined
      ? {
          message: `${change}; its newest version is ${age} old`,
          subject,
          effect: 'note',
          severity: 'low',
        }
      : { message: `${change}: ${quoteForeign(named.version)} is ${age} old`, subject };
  }
  if (untold.length === 0 || freshMs === 0) return;
  const message = untoldOf(untold, 'versions are of dependencies with another range');
  yield { message, subject: 'untold ranges', effect: 'note', severity: 'low' };
}

/** Whether a range has this version as one that it begins with or takes alone. */
function namesVersion(range: string, version: string): boolean {
  const parts = range.split('||').map((one) => one.split(';', 1)[0] ?? '');
  return parts.some((part) =>
    [...part.matchAll(BOUND)].some(([, sign = '', bound = '']) => {
      if (sign.startsWith('<') || sign === '!=') return false;
      return [bound, `${bound}.0`, `${bound}.0.0`].includes(version);
    }),
  );
}

function untoldOf(names: readonly string[], what = 'new dependencies are'): string {
  const shown = names
    .slice(0, NAMES_SHOWN)
    .map((one) => quoteForeign(one, 60))
    .join(', ');
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return `nobody can tell how old ${what}: ${shown}${more}`;
}
