import { call } from '../artifact/file-kind.ts';
import { wordsOf } from '../diff/difference-words.ts';
import { spellVersion, type UpstreamChange } from '../release/newest.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFiles, wheelFiles } from '../samples/sample-artifact.ts';

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'unapproved-difference',
  version: 1,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    "What is different from upstream's newest version where nobody approved that here: install hooks, ways in, dependencies and abilities that only one of the two has; other files are noted",
  attack:
    'What was published around the gate shows what its author is after, and a release that takes it over unnoticed ships it with signatures: plain-crypto-js in axios 1.14.1 / 0.30.4, gone from the versions after (I38)',
  mend: 'Compare each with what was approved; where the version upstream is hostile, remove or deprecate it before anything else is released',
  *check(view) {
    for (const change of view.upstream) yield problemOf(change, view);
  },
  examples: {
    bad: [
      {
        about: 'a hook and a dependency that came around the gate',
        make: () => ({
          ...npmChange([{}], [{}]),
          upstream: npmFiles(
            { scripts: { postinstall: 'node a.js' }, dependencies: { 'plain-crypto-js': '4.2.1' } },
            { 'a.js': `${call('fetch')}"https://a.example")` },
          ),
        }),
      },
      {
        about: 'a dependency that upstream has not',
        make: () => ({
          ...npmChange([{}], [{ dependencies: { a: '1' } }]),
          upstream: npmFiles({}),
        }),
      },
      {
        about: 'a requirement that came around the gate',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({}),
          entries: wheelFiles({}),
          upstream: wheelFiles({}, 'Requires-Dist: b\n'),
        }),
      },
    ],
    noted: [
      {
        about: 'other files alone',
        make: () => ({
          ...npmChange([{}], [{}, { 'a.js': '1' }]),
          upstream: npmFiles({}, { 'a.js': '2', 'b.js': '3' }),
        }),
      },
      {
        about: 'a first release over what stands upstream',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({ dependencies: { a: '1' } }),
          upstream: npmFiles({}),
        }),
      },
    ],
    fine: [{ about: 'nothing unapproved upstream', make: () => npmChange([{}], [{}]) }],
  },
};

function problemOf(
  { version, file, difference }: UpstreamChange,
  { artifact, release }: ArtifactView,
): ArtifactProblem {
  const { added, removed, changed } = difference;
  const { onlyBefore, onlyAfter, otherwise } = wordsOf(difference);
  const parts = [
    onlyBefore === null ? null : `it alone has ${onlyBefore}`,
    onlyAfter === null ? null : `this file alone has ${onlyAfter}`,
    otherwise === null ? null : `both have, differently, ${otherwise}`,
  ].filter((one) => one !== null);
  const isFirst = !release?.inputs.approved.some(
    (one) => one.ecosystem === artifact.ecosystem && one.package === artifact.package,
  );
  const counts = `files: ${removed.length} only upstream, ${added.length} only here, ${changed.length} with other content`;
  const message = `beside ${spellVersion(version)} upstream, approved by nobody here: ${[...parts, counts].join('; ')}`;
  return {
    message,
    subject: file,
    // of a first release nothing was approved, and what stands upstream is all that there is
    ...(parts.length === 0 || isFirst ? { effect: 'note', severity: 'info' } : {}),
  };
}
