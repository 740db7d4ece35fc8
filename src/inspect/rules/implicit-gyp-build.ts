import { parsePackageJson } from '../diff/facts.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst } from '../samples/sample-artifact.ts';

/** Python in a .gyp file that reaches for the interpreter, plain or escaped. */
const ESCAPES =
  /__import__|__builtins__|__class__|__subclasses__|\\U000000|\\u00(?:5f|69|6d)|\\x5f|eval\s*\(|exec\s*\(/;
const NATIVE_SOURCE = /\.(?:c|cc|cpp|cxx|m|mm|S|asm|h|hpp|rs|gypi)$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'implicit-gyp-build',
  version: 2,
  category: 'content',
  severity: 'critical',
  effect: 'hold',
  about:
    'A binding.gyp at the top of an npm package, which npm builds on installation even where `scripts` is empty',
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
        about: 'another spelling, which is the same file on some machines',
        make: () => npmFirst({}, { 'Binding.gyp': '{}' }),
      },
    ],
    fine: [
      {
        about: 'one that nobody builds',
        make: () => npmFirst({ gypfile: false }, { 'binding.gyp': '{}' }),
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

function judge(
  { tree, change }: ArtifactView,
  place: string,
): Pick<ArtifactProblem, 'message' | 'effect' | 'severity'> | null {
  const text = Buffer.from(tree.texts.get(place) ?? []).toString('latin1');
  if (ESCAPES.test(text)) {
    return { message: 'binding.gyp reaches for the interpreter that reads it', effect: 'reject' };
  }
  // npm does it only where the package says nothing about it: the word false is no false
  const fields = parsePackageJson(tree.texts.get('package.json'));
  const says = ['scripts.install', 'scripts.preinstall'].some(
    (one) => (tree.facts.get(one) ?? '') !== '',
  );
  if (says || fields?.['gypfile'] === false) return null;
  if (!tree.files.some((one) => NATIVE_SOURCE.test(one.place))) {
    const message = 'binding.gyp makes npm run node-gyp, and there is no native source to build';
    return { message, effect: 'reject' };
  }
  const known = change?.before.files.find((one) => one.place === place);
  if (known !== undefined && known.sha256 === tree.byPlace.get(place)?.sha256) {
    const message = 'binding.gyp makes npm run node-gyp on installation, as before';
    return { message, effect: 'note', severity: 'low' };
  }
  const news = change === null || known === undefined ? '' : ', and it is another than before';
  return { message: `binding.gyp makes npm run node-gyp on every machine that installs${news}` };
}
