import { DEFAULT_YOUNG_DEPENDENCY_SECONDS } from '../../core/policy.ts';
import { quoteForeign } from '../../formats/text.ts';
import { ageOf, askedDependencies, describeAge, HOUR_MS, historyOf } from '../publication.ts';
import type { ArtifactProblem, ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst, sampleHistory } from '../sample-artifact.ts';

/** Age of the newest version below which an old package is told to be freshly changed. */
const FRESH_MS = 72 * HOUR_MS;
/** Names that one message lists. */
const NAMES_SHOWN = 5;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-young',
  version: 1,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    'A dependency that is new here and whose first version is younger than the policy allows (30 days by default), or of which nobody can tell how old it is',
  attack:
    'The dependency is made for the attack: plain-crypto-js was hours old when axios 1.14.1 / 0.30.4 took it in (I38), easy-day-js one day in @mastra: 144 packages (I52), flatmap-stream weeks in event-stream 3.3.6 (flatmap-stream) (I02)',
  mend: 'Wait, or read the dependency whole and acknowledge the finding; `young-dependencies` of the policy sets the age. Where the registry tells no times, look at its page',
  *check(view) {
    const { release, artifact, tree } = view;
    if (release === null || artifact.description === null) return;
    const path = tree.layout === 'npm' ? tree.byPlace.get('package.json')?.path : undefined;
    const place = path === undefined ? {} : { path };
    const untold: string[] = [];
    for (const name of askedDependencies(view)) {
      const history = historyOf(release.inputs, artifact.ecosystem, name);
      if (history?.answer === 'absent') continue;
      if (history === null || history.first === null) {
        untold.push(name);
        continue;
      }
      const youngMs =
        (release.policy.youngDependencySeconds ?? DEFAULT_YOUNG_DEPENDENCY_SECONDS) * 1000;
      const message = problemOf(name, ageOf(history.first, release.inputs), youngMs);
      const newest = ageOf(history.newest[0]?.at ?? history.first, release.inputs);
      if (message !== null) yield { message, subject: name, ...place };
      else if (newest < FRESH_MS && youngMs > 0) yield { ...freshOf(name, newest), ...place };
    }
    if (untold.length > 0) yield { message: untoldOf(untold), subject: 'untold', ...place };
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
        make: () => npmChange([{ dependencies: { a: '1' } }], [{ dependencies: { a: '2' } }]),
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

function untoldOf(names: readonly string[]): string {
  const shown = names
    .slice(0, NAMES_SHOWN)
    .map((one) => quoteForeign(one, 60))
    .join(', ');
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return `nobody can tell how old new dependencies are: ${shown}${more}`;
}
