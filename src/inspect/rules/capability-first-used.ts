import { quoteForeign } from '../../formats/text.ts';
import { call } from '../artifact/file-kind.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';
import { CAPABILITIES } from '../diff/capabilities.ts';
import type { FileUse } from '../diff/difference.ts';
import type { ArtifactProblem, ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst } from '../samples/sample-artifact.ts';

/** Told by rules of their own. */
const TOLD = ['embedded-sources', 'native-code'];
/** Held wherever a file begins with them, also where other files had them before; what talks to the
 * network moves from file to file too often. */
const HELD_IN_FILE = [
  'credential-files',
  'environment',
  'environment-and-network',
  'eval',
  'hidden-call',
  'paste-host',
  'process',
];
/** Files that are told one by one. */
const FILES_TOLD = 20;
const NAMES_SHOWN = 5;
const GRAVE = [
  'credential-files',
  'hidden-call',
  'paste-host',
  'environment-and-network',
  'environment',
];

const STARTS = `${call('require')}"child_process").exec("x");`;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'capability-first-used',
  version: 3,
  category: 'change',
  severity: 'medium',
  effect: 'hold',
  about:
    'The code, or one file of it, can do what it could not before: start programs, talk to the network, run text as code, read the environment or files of credentials',
  attack:
    'Most payloads need one of these and most packages none: the first lines of @velora-dex/sdk 9.4.1 call child_process (I39), ctx 0.1.2..0.2.6 (PyPI) sends the environment away (I09), eslint-scope 3.7.2 reads .npmrc and asks a host where anyone may leave text (I01)',
  mend: 'Read the named file; acknowledge where the change is meant',
  *check({ tree, change }) {
    if (change === null) return;
    const { capabilities, uses } = change.difference;
    yield* problemsOfFiles(tree, uses, new Set(capabilities.map((one) => one.id)));
    for (const { id, place } of capabilities) {
      if (TOLD.includes(id)) continue;
      const path = tree.byPlace.get(place)?.path;
      const message = `for the first time the code ${CAPABILITIES[id] ?? id} (${id})`;
      yield {
        message,
        subject: id,
        confidence: 'plausible',
        ...(GRAVE.includes(id) ? { severity: 'high' } : {}),
        ...(path === undefined ? {} : { path }),
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a first program that is started',
        make: () =>
          npmChange(
            [{}, { 'a.js': 'a()' }],
            [{}, { 'a.js': `${call('require')}"child_process").exec("x");a()` }],
          ),
      },
      {
        about: 'a first connection',
        make: () =>
          npmChange(
            [{}, { 'a.js': '1' }],
            [{}, { 'a.js': `${call('fetch')}"https://a.example")` }],
          ),
      },
      {
        about: 'a first reading of credentials',
        make: () =>
          npmChange([{}, { 'a.js': '1' }], [{}, { 'b.js': 'read("~/.aws/credentials")' }]),
      },
      {
        about: 'a first eval',
        make: () => npmChange([{}, { 'a.js': '1' }], [{}, { 'a.js': `${call('eval')}x)` }]),
      },
      {
        about: 'a file that could not, beside one that could',
        make: () =>
          npmChange(
            [{}, { 'a.js': 'a()', 'cli.js': STARTS }],
            [{}, { 'a.js': `${STARTS}a()`, 'cli.js': STARTS }],
          ),
      },
    ],
    noted: [
      {
        about: 'a new file that can what another could',
        make: () => npmChange([{}, { 'a.js': STARTS }], [{}, { 'a.js': STARTS, 'b.js': STARTS }]),
      },
      {
        about: 'a file that talks to the network as another does',
        make: () =>
          npmChange(
            [{}, { 'a.js': `${call('fetch')}a)`, 'b.js': '1' }],
            [{}, { 'a.js': `${call('fetch')}a)`, 'b.js': `${call('fetch')}a)` }],
          ),
      },
    ],
    fine: [
      {
        about: 'what it could do before',
        make: () =>
          npmChange([{}, { 'a.js': `${call('fetch')}a)` }], [{}, { 'a.js': `${call('fetch')}b)` }]),
      },
      { about: 'a first release', make: () => npmFirst({}, { 'a.js': `${call('fetch')}a)` }) },
      {
        about: 'words in a text',
        make: () => npmChange([{}], [{}, { 'README.md': `${call('eval')}x) with child_process` }]),
      },
    ],
  },
};

/** What single files can do now that others could before; `told` are told of the whole package. */
function* problemsOfFiles(
  tree: PackedTree,
  uses: readonly FileUse[],
  told: ReadonlySet<string>,
): Iterable<ArtifactProblem> {
  const left = uses.flatMap((one) => {
    const ids = one.ids.filter((id) => !TOLD.includes(id) && !told.has(id));
    return ids.length === 0 ? [] : [{ ...one, ids }];
  });
  const isHeld = (one: FileUse) => !one.isNew && one.ids.some((id) => HELD_IN_FILE.includes(id));
  const held = left.filter(isHeld);
  for (const { place, ids } of held.slice(0, FILES_TOLD)) {
    const path = tree.byPlace.get(place)?.path;
    yield {
      message: `for the first time this file ${ids.map((id) => `${CAPABILITIES[id] ?? id} (${id})`).join(', ')}; others did before`,
      subject: place,
      confidence: 'plausible',
      ...(ids.some((id) => GRAVE.includes(id)) ? { severity: 'high' } : {}),
      ...(path === undefined ? {} : { path }),
    };
  }
  const more = held.slice(FILES_TOLD);
  if (more.length > 0) {
    const message = `${more.length} more files can do what they could not before: ${namesOf(more)}`;
    yield { message, subject: 'more files', confidence: 'plausible' };
  }
  const noted = left.filter((one) => !isHeld(one));
  if (noted.length === 0) return;
  const message = `files that are new or changed can do what others could before: ${namesOf(noted)}`;
  yield { message, subject: 'noted', effect: 'note', severity: 'low', confidence: 'plausible' };
}

function namesOf(uses: readonly FileUse[]): string {
  const shown = uses
    .slice(0, NAMES_SHOWN)
    .map((one) => `${quoteForeign(one.place, 60)} (${one.ids.join(', ')})`)
    .join(', ');
  return uses.length > NAMES_SHOWN ? `${shown} and ${uses.length - NAMES_SHOWN} more` : shown;
}
