import { quoteForeign } from '../../formats/text.ts';
import { isCode } from '../artifact/file-kind.ts';
import { placesNamed } from '../artifact/named-place.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';
import { loadedOtherwise, otherPlaces } from '../diff/loaded-otherwise.ts';
import { parsePackageJson } from '../diff/package-json.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst } from '../samples/sample-artifact.ts';

/** Python in a .gyp file that reaches for the interpreter, plain or escaped. */
const ESCAPES =
  /__import__|__builtins__|__class__|__subclasses__|\\U000000|\\u00(?:5f|69|6d)|\\x5f|eval\s*\(|exec\s*\(/;
/** Parts of a build that a binding.gyp takes in. */
const BUILD_PART = /^(?!(?:.*\/)?node_modules\/).*\.gypi?$/i;
const WORD_ENDS = /[\s"'`()<>@!,;:|&=[\]{}]+/;
const NATIVE_SOURCE = /\.(?:c|cc|cpp|cxx|m|mm|S|asm|h|hpp|rs|gypi)$/;

const BUILDS = { scripts: { install: 'node-gyp rebuild' } };
const RUNS = '{"variables":{"a":"<!(node ./set)"}}';

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'implicit-gyp-build',
  version: 4,
  category: 'content',
  severity: 'critical',
  effect: 'hold',
  about:
    'A binding.gyp at the top of an npm package, which npm builds on installation even where `scripts` is empty, and Yarn even where `gypfile` is false; and what a build runs that is another than before',
  attack:
    'Commands in the file run although no install script is there: a binding.gyp of 157 bytes in Miasma / snapshot-branch wave (I51), one with a Python escape in @7nohe/openapi-react-query-codegen (I55)',
  mend: 'Leave the file out of packages that have no native code; a real native module acknowledges it once',
  *check(view) {
    const { tree } = view;
    if (tree.layout !== 'npm') return;
    // on some machines any spelling is the file that npm looks for
    for (const gyp of tree.files.filter((one) => one.place.toLowerCase() === 'binding.gyp')) {
      const judged = judge(view, gyp.place);
      if (judged !== null) yield { ...judged, path: gyp.path };
    }
  },
  examples: {
    bad: [
      {
        about: 'a first release with one',
        make: () => npmFirst({}, { 'binding.gyp': '{}', 'src/a.cc': '' }),
      },
      {
        about: 'nothing to build',
        make: () => npmChange([{}], [{}, { 'binding.gyp': '{"targets":[{"type":"none"}]}' }]),
      },
      {
        about: 'a reach for the interpreter',
        make: () =>
          npmFirst({}, { 'binding.gyp': "{'conditions':[['__import__(1)','']]}", 'a.cc': '' }),
      },
      {
        about: 'the same escaped',
        make: () =>
          npmFirst({}, { 'binding.gyp': "{'c':['\\U0000005f\\U0000005fimport']}", 'a.cc': '' }),
      },
      {
        about: 'a word that is no false, so that npm builds',
        make: () => npmFirst({ gypfile: 'false' }, { 'binding.gyp': '{}' }),
      },
      {
        about: 'one beside an install script that is empty, as before',
        make: () =>
          npmChange(
            [{ scripts: { install: '' } }],
            [{ scripts: { install: '' } }, { 'binding.gyp': '{}' }],
          ),
      },
      {
        about: 'one that only Yarn builds: it asks neither for gypfile nor for preinstall',
        make: () => npmFirst({ gypfile: false }, { 'binding.gyp': '{}', 'a.cc': '' }),
      },
      {
        about: 'another one beside the install script of before',
        make: () => npmChange([BUILDS, { 'binding.gyp': '{}' }], [BUILDS, { 'binding.gyp': RUNS }]),
      },
      {
        about: 'a script that the one of before runs, with other bytes',
        make: () =>
          npmChange(
            [{}, { 'binding.gyp': RUNS, 'a.cc': '', 'set.js': '1' }],
            [{}, { 'binding.gyp': RUNS, 'a.cc': '', 'set.js': '2' }],
          ),
      },
      {
        about: 'a part of the build of before with other bytes',
        make: () =>
          npmChange(
            [BUILDS, { 'binding.gyp': '{}', 'deps/a.gypi': '{}' }],
            [BUILDS, { 'binding.gyp': '{}', 'deps/a.gypi': RUNS }],
          ),
      },
      {
        about: 'another spelling, which is the same file on some machines',
        make: () => npmFirst({}, { 'Binding.gyp': '{}' }),
      },
    ],
    fine: [
      {
        about: 'other sources for the build and the install script of before',
        make: () =>
          npmChange(
            [BUILDS, { 'binding.gyp': RUNS, 'set.js': '1', 'a.cc': '1', 'b.js': '1' }],
            [BUILDS, { 'binding.gyp': RUNS, 'set.js': '1', 'a.cc': '2', 'b.js': '2' }],
          ),
      },
      { about: 'no such file', make: () => npmFirst({}, { 'index.js': '' }) },
      {
        about: 'one that an install script of its own goes with, which another rule shows',
        make: () => npmFirst({ scripts: { install: 'node-gyp-build' } }, { 'binding.gyp': '{}' }),
      },
      {
        about: 'one in a folder, which npm does not look at',
        make: () => npmFirst({}, { 'native/binding.gyp': '{}' }),
      },
    ],
  },
};

type Judgement = Pick<ArtifactProblem, 'message' | 'effect' | 'severity'>;

function judge(view: ArtifactView, place: string): Judgement | null {
  const { tree, change } = view;
  const text = Buffer.from(tree.texts.get(place) ?? []).toString('latin1');
  if (ESCAPES.test(text)) {
    return { message: 'binding.gyp reaches for the interpreter that reads it', effect: 'reject' };
  }
  const other = otherThanBefore(view, place, text);
  if (says(tree, 'install')) {
    // another rule shows the command, and this one what it builds
    if (other === null) return null;
    return { message: `an install script is there as before, and ${other}` };
  }
  // npm does it only where the package says nothing about it: the word false is no false
  const fields = parsePackageJson(tree.texts.get('package.json'));
  const who = says(tree, 'preinstall') || fields?.['gypfile'] === false ? 'Yarn' : 'npm';
  if (!tree.files.some((one) => NATIVE_SOURCE.test(one.place))) {
    const message = `binding.gyp makes ${who} run node-gyp, and there is no native source to build`;
    return { message, effect: 'reject' };
  }
  if (change !== null && other === null) {
    const message = `binding.gyp makes ${who} run node-gyp on installation, as before`;
    return { message, effect: 'note', severity: 'low' };
  }
  const news = other === null ? '' : `, and ${other}`;
  return { message: `binding.gyp makes ${who} run node-gyp on every machine that installs${news}` };
}

function says({ facts }: PackedTree, script: string): boolean {
  return (facts.get(`scripts.${script}`) ?? '') !== '';
}

/** What of a build is new or another, as a clause; null where all is as it was, and for a first
 * release. Sources are compiled and not run: a file that is run, or says what is, counts. */
function otherThanBefore(view: ArtifactView, place: string, text: string): string | null {
  const { tree, change } = view;
  if (change === null) return null;
  const others = otherPlaces(change);
  if (others.has(place)) return 'binding.gyp is new or another than before';
  const named = text.split(WORD_ENDS).flatMap((word) => placesNamed(word, tree));
  const runs = loadedOtherwise(
    named.filter((one) => isCode(one)),
    view,
  );
  const found =
    runs[0] ?? tree.files.find(({ place: one }) => others.has(one) && BUILD_PART.test(one));
  return found === undefined
    ? null
    : `${quoteForeign(found.place)}, which the build runs or reads, is new or another than before`;
}
