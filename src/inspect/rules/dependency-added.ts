import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst, sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

const FIELD =
  /^(dependencies|optionalDependencies|peerDependencies|bundleDependencies|bundledDependencies|build-requires)\.(.+)$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-added',
  version: 2,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about: 'A package that everyone who updates will install too, and did not before',
  attack:
    'The payload comes with a dependency, and nothing else changes: event-stream 3.3.6 (flatmap-stream) (I02), plain-crypto-js in axios 1.14.1 / 0.30.4 (I38), easy-day-js in @mastra: 144 packages, clean when it was added (I52)',
  mend: 'Look at who publishes the dependency, since when, and what it does on installation; pin it exactly where in doubt, since a later version of it is judged by nobody',
  *check({ tree, change }) {
    if (change === null) return;
    const known = new Set(change.before.facts.flatMap(({ name }) => FIELD.exec(name)?.[2] ?? []));
    // a summary from before it was told says nothing about what a build needs
    const toldBuild = change.before.facts.some(({ name }) => name === 'build-requires');
    const path = tree.layout === 'npm' ? tree.byPlace.get('package.json')?.path : undefined;
    for (const [fact, range] of tree.facts) {
      const [, field = '', name] = FIELD.exec(fact) ?? [];
      if (name === undefined || known.has(name)) continue;
      if (field === 'build-requires' && !toldBuild) continue;
      const isExtra = /\bextra\s*==/.test(range) && !range.includes('||');
      const isLight = field === 'peerDependencies' || isExtra;
      yield {
        message: `${field} has ${quoteForeign(name)} (${quoteForeign(range)}), which ${change.version} had not`,
        subject: fact,
        ...(isLight ? { effect: 'note', severity: 'low' } : {}),
        ...(path === undefined ? {} : { path }),
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a new dependency',
        make: () =>
          npmChange(
            [{ dependencies: { a: '^1.0.0' } }],
            [{ dependencies: { a: '^1.0.0', 'plain-crypto-js': '4.2.1' } }],
          ),
      },
      {
        about: 'a new optional dependency',
        make: () => npmChange([{}], [{ optionalDependencies: { b: '1' } }]),
      },
      {
        about: 'a new requirement of a wheel',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({}, 'Requires-Dist: a>=1\n'),
          entries: wheelFiles({}, 'Requires-Dist: a>=1\nRequires-Dist: b\n'),
        }),
      },
      {
        about: 'what the build of a source distribution needs',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n' }),
          entries: sdistFiles({
            'pyproject.toml': '[build-system]\nrequires = ["setuptools", "helper>=1"]\n',
          }),
        }),
      },
    ],
    fine: [
      {
        about: 'another version of a known one',
        make: () =>
          npmChange([{ dependencies: { a: '^1.0.0' } }], [{ dependencies: { a: '^1.1.0' } }]),
      },
      {
        about: 'one that moves from optional to required',
        make: () =>
          npmChange([{ optionalDependencies: { a: '1' } }], [{ dependencies: { a: '1' } }]),
      },
      { about: 'a first release', make: () => npmFirst({ dependencies: { a: '1' } }) },
    ],
  },
};
