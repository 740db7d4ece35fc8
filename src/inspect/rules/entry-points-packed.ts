import { quoteForeign } from '../../formats/text.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';
import { isRecord, parsePackageJson } from '../diff/package-json.ts';
import type { ArtifactProblem, ArtifactRule } from '../rule.ts';
import { npmFirst, wheelFiles } from '../samples/sample-artifact.ts';

/** What Node tries for a path that names no file (modules, "LOAD_AS_FILE" and "LOAD_INDEX"). */
const ENDINGS = [
  '',
  '.js',
  '.json',
  '.node',
  '.cjs',
  '.mjs',
  '/index.js',
  '/index.json',
  '/index.node',
];
/** The conditions of them that Node sets: what is missing there is missing for everybody. */
const FOR_NODE = /^(?:import|require|default|node|module-sync)$/;
const TARGETS_MAX = 2000;
/** Conditions that installers of packages set. Others, such as a source for the authors' own
 * workspace, are followed by nobody who installs. */
const CONDITIONS =
  /^(?:import|require|default|node|node-addons|module|module-sync|browser|types|worker|workerd|deno|bun|edge-light|react-native|react-server|electron|production)$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'entry-points-packed',
  version: 3,
  category: 'content',
  severity: 'high',
  effect: 'reject',
  about:
    'Every file that the package names as its way in is packed: main, exports, bin, module and types of npm, console scripts of wheels',
  attack:
    'The build is forgotten or a file is not listed, and everyone who updates has a package that does not load: debug 3.2.3 (A08) and es2015-i18n-tag 1.6.2 without its dist folder (A10)',
  mend: 'Build before packing and list the file (`files` in package.json); `npm pack --dry-run` shows what is in',
  *check({ tree }) {
    if (tree.layout === 'npm') yield* checkNpm(tree);
    if (tree.layout === 'wheel') yield* checkWheel(tree);
  },
  examples: {
    bad: [
      {
        about: 'a main that is not packed',
        make: () => npmFirst({ main: 'dist/index.js' }, { 'src/index.ts': '' }),
      },
      {
        about: 'a command that is not packed',
        make: () => npmFirst({ bin: { explorer: './cli.js' } }, { 'index.js': '' }),
      },
      {
        about: 'an exported file that is not packed',
        make: () => npmFirst({ exports: { '.': { import: './dist/index.mjs' } } }),
      },
      {
        about: 'an exported folder under a name of its own',
        make: () => npmFirst({ exports: { './a': './dist/a.js' } }, { 'lib/a.js': '' }),
      },
      {
        about: 'a console script whose module is not packed',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'agent/__init__.py': '',
            'aitbc_agent_sdk-1.2.3.dist-info/entry_points.txt':
              '[console_scripts]\nagent = agent.cli:main\n',
          }),
        }),
      },
    ],
    fine: [
      {
        about: 'everything in its place',
        make: () =>
          npmFirst(
            {
              main: './dist/index',
              types: './dist/index.d.ts',
              bin: './cli.js',
              exports: {
                '.': { source: './src/index.ts', default: ['./dist/index.js'] },
                './*': './dist/*.js',
                './inner/*': null,
              },
            },
            { 'dist/index.js': '', 'dist/index.d.ts': '', 'cli.js': '' },
          ),
      },
      {
        about: 'types that name the script beside them',
        make: () =>
          npmFirst({ types: 'types/index.js' }, { 'index.js': '', 'types/index.d.ts': '' }),
      },
      { about: 'no way in at all', make: () => npmFirst({}, { 'data.json': '{}' }) },
      {
        about: 'a console script and its module',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'agent/cli/__init__.py': '',
            'aitbc_agent_sdk-1.2.3.dist-info/entry_points.txt':
              '[console_scripts]\nagent = agent.cli:main [extra]\n',
          }),
        }),
      },
    ],
  },
};

function* checkNpm(tree: PackedTree): Iterable<ArtifactProblem> {
  const fields = parsePackageJson(tree.texts.get('package.json'));
  if (fields === null) return;
  const path = tree.byPlace.get('package.json')?.path;
  for (const { field, target, effect } of missing(tree, fields)) {
    const message = `${field} names ${quoteForeign(target)}, which is not packed`;
    const subject = `${field} ${target}`;
    const severity = effect === 'note' ? ({ severity: 'low' } as const) : {};
    yield { message, subject, effect, ...severity, ...(path === undefined ? {} : { path }) };
  }
}

interface Missing {
  readonly field: string;
  readonly target: string;
  readonly effect: 'reject' | 'hold' | 'note';
}

function missing(tree: PackedTree, fields: Readonly<Record<string, unknown>>): readonly Missing[] {
  const { main, bin, exports, types, typings, module } = fields;
  const commands = isRecord(bin) ? Object.entries(bin) : [['', bin] as const];
  // a main that is missing falls back to index.js, and does not count where there are exports
  const hasMain = isThere(tree, main) || resolves(tree, 'index.js');
  const places = exportTargets(exports).filter(({ target }) => !resolvesExport(tree, target));
  const typed = types ?? typings;
  const hasTypes =
    ['', '.d.ts', '/index.d.ts'].some((one) => isThere(tree, typed, one)) ||
    isThere(tree, declarationOf(typed));
  return [
    // commands alone are a way in, and a main beside exports is not followed
    ...(hasMain
      ? []
      : [lack('main', main, exports === undefined && bin === undefined ? 'reject' : 'hold')]),
    ...commands
      .filter(([, target]) => !isThere(tree, target))
      .map(([name, target]) => lack(`bin ${name}`.trim(), target, 'reject')),
    ...places.map(({ target, isRoot }) => lack('exports', target, effectOf(target, isRoot))),
    ...(isThere(tree, module) ? [] : [lack('module', module, 'hold')]),
    ...(hasTypes ? [] : [lack('types', typed, exports === undefined ? 'hold' : 'note')]),
  ];
}

/** A pattern that nothing fits leads nobody astray: who asks for a name gets the same answer. */
function effectOf(target: string, isRoot: boolean): Missing['effect'] {
  if (isRoot) return 'reject';
  return target.includes('*') || target.endsWith('/') ? 'note' : 'hold';
}

/** What is not said need not be there; packages of types alone say an empty main. */
function isThere(tree: PackedTree, target: unknown, ending = ''): boolean {
  return typeof target !== 'string' || target === '' || resolves(tree, `${target}${ending}`);
}

/** The declarations that TypeScript reads for a script: `a.d.ts` for `a.js`. */
function declarationOf(typed: unknown): unknown {
  return typeof typed === 'string' ? typed.replace(/\.([cm]?)jsx?$/, '.d.$1ts') : typed;
}

function lack(field: string, target: unknown, effect: Missing['effect']): Missing {
  return { field, target: String(target), effect };
}

function resolves(tree: PackedTree, target: string): boolean {
  let end = target.length;
  // a pattern at the end would cost the square of a name of slashes
  while (target[end - 1] === '/') end -= 1;
  const place = target.slice(0, end).replace(/^(?:\.?\/)+/, '');
  const start = place === '' || place === '.' ? 'index' : place;
  return ENDINGS.some((ending) => tree.byPlace.has(`${start}${ending}`));
}

/** Exports know no guesses: the file, or for a pattern one file that fits. */
function resolvesExport(tree: PackedTree, target: string): boolean {
  const place = target.replace(/^\.\//, '');
  if (place === '') return true;
  const star = place.indexOf('*');
  if (star !== -1) {
    const [start, end] = [place.slice(0, star), place.slice(place.lastIndexOf('*') + 1)];
    return tree.files.some((one) => one.place.startsWith(start) && one.place.endsWith(end));
  }
  if (place.endsWith('/')) return tree.files.some((one) => one.place.startsWith(place));
  return tree.byPlace.has(place);
}

interface Target {
  readonly target: string;
  readonly isRoot: boolean;
}

/** Relative targets of an exports field, each once; `isRoot` are those of the package itself. */
function exportTargets(exports: unknown): readonly Target[] {
  const found = new Map<string, boolean>();
  for (const { target, isRoot } of walkExports(exports, true, 0)) {
    if (found.size >= TARGETS_MAX) break;
    found.set(target, isRoot || found.get(target) === true);
  }
  return [...found].map(([target, isRoot]) => ({ target, isRoot }));
}

function* walkExports(value: unknown, isRoot: boolean, depth: number): Iterable<Target> {
  if (typeof value === 'string' && value.startsWith('./')) yield { target: value, isRoot };
  if (depth > 10) return;
  if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (!key.startsWith('.') && !CONDITIONS.test(key)) continue;
      yield* walkExports(
        inner,
        key.startsWith('.') ? key === '.' : isRoot && FOR_NODE.test(key),
        depth + 1,
      );
    }
  }
  // of several in a list the first that is there counts, so none of them is missed alone
  if (Array.isArray(value) && value.length === 1) yield* walkExports(value[0], isRoot, depth + 1);
}

function* checkWheel(tree: PackedTree): Iterable<ArtifactProblem> {
  for (const [name, value] of tree.facts) {
    if (!/^(?:console|gui)_scripts\./.test(name)) continue;
    const module = /^[\w.]+/.exec(value)?.[0] ?? '';
    const inner = module.replaceAll('.', '/');
    const isThere = tree.files.some(({ place }) => {
      const own = place.replace(/^\.data\/(?:purelib|platlib)\//, '');
      return (
        own === `${inner}.py` ||
        own.startsWith(`${inner}/__init__.`) ||
        // an extension module has the ABI in its name
        (own.startsWith(`${inner}.`) && /\.(?:so|pyd)$/.test(own))
      );
    });
    if (isThere) continue;
    const message = `${quoteForeign(name)} starts the module ${quoteForeign(module)}, which is not packed`;
    // the module may come with a dependency
    const mayComeLater = [...tree.facts.keys()].some((one) => one.startsWith('dependencies.'));
    const hasTop = tree.files.some((one) => one.place.startsWith(`${inner.split('/', 1)[0]}/`));
    if (inner === '') yield { message, subject: name };
    else if (mayComeLater && !hasTop) {
      yield { message, subject: name, effect: 'note', severity: 'low' };
    } else yield { message, subject: name, effect: 'hold' };
  }
}
