import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst, wheelFiles } from '../samples/sample-artifact.ts';

const LIBRARY = '\x7fELF\x02\x01\x01\0';
const OTHER = `${LIBRARY}1`;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'binary-added',
  version: 2,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    'Code for a processor or WebAssembly that the version before had not: programs, libraries, `.node` files; and bytecode of Python, which runs in place of its source',
  attack:
    'Nobody reads machine code: node-gyp.dll in eslint-config-prettier 8.10.1, 9.1.1, 10.1.6, 10.1.7 (I23), a miner fetched by @rspack/core + cli 1.1.7, vant (I18)',
  mend: 'Build it from source where the release is made, and compare; acknowledge what is meant',
  *check({ tree, change }) {
    yield* bytecode(tree, change);
    if (change === null) return;
    const hadNative = change.before.files.some((one) => one.form === 'native');
    const { added, changed } = change.difference;
    const turned = changed.filter(({ before, after }) => before.form !== after.form);
    for (const { place, form, sizeBytes } of [...added, ...turned.map(({ after }) => after)]) {
      if (form !== 'native' && form !== 'wasm') continue;
      const path = tree.byPlace.get(place)?.path;
      const first = form === 'native' && !hadNative ? ', the first of this package' : '';
      const what = form === 'wasm' ? 'WebAssembly' : 'code for a processor';
      const news = added.some((one) => one.place === place)
        ? 'a new file'
        : 'a file that was none is now one';
      const message = `${news} of ${what} with ${sizeBytes} bytes${first}`;
      yield { message, ...(path === undefined ? {} : { path }) };
    }
  },
  examples: {
    bad: [
      {
        about: 'a library that was not there before',
        make: () => npmChange([{}], [{}, { 'a.node': LIBRARY }]),
      },
      {
        about: 'a program under the name of a picture',
        make: () => npmChange([{}], [{}, { 'logo.png': 'MZ\x90\0\x03\0' }]),
      },
      {
        about: 'a picture that is a program now',
        make: () => npmChange([{}, { 'a.png': '\x89PNG\r\n\x1a\n\0' }], [{}, { 'a.png': LIBRARY }]),
      },
      {
        about: 'bytecode beside a source of another text',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'agent/a.py': '',
            'agent/__pycache__/a.cpython-314.pyc': '\x2b\x0e\r\n\x01\0\0\0',
          }),
        }),
      },
      { about: 'WebAssembly', make: () => npmChange([{}], [{}, { 'a.wasm': '\0asm\x01\0\0\0' }]) },
    ],
    fine: [
      {
        about: 'another build of a known library',
        make: () => npmChange([{}, { 'a.node': LIBRARY }], [{}, { 'a.node': OTHER }]),
      },
      {
        about: 'a picture',
        make: () => npmChange([{}], [{}, { 'a.png': '\x89PNG\r\n\x1a\n\0\0' }]),
      },
      { about: 'a first release', make: () => npmFirst({}, { 'a.node': LIBRARY }) },
    ],
  },
};

/** Bytecode that Python runs without looking at a source: of a wheel or sdist nobody needs it. */
function* bytecode(
  tree: ArtifactView['tree'],
  change: ArtifactView['change'],
): Iterable<ArtifactProblem> {
  if (tree.layout !== 'wheel' && tree.layout !== 'sdist') return;
  const known = new Map(change?.before.files.map((one) => [one.place, one.sha256]));
  for (const { place, path, sha256 } of tree.files) {
    if (!/\.py[co]$/.test(place)) continue;
    if (known.has(place) && known.get(place) === sha256) continue;
    const [, folder = '', name = ''] = /^(.*)__pycache__\/([^/.]+)\.[^/]*$/.exec(place) ?? [];
    const hasSource = tree.byPlace.has(`${folder}${name}.py`);
    const instead = hasSource ? `, in place of ${quoteForeign(`${folder}${name}.py`)}` : '';
    const message = `bytecode that Python runs as it is${instead}`;
    yield { path, message };
  }
}
