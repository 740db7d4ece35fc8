import { quoteForeign } from '../../formats/text.ts';
import { call, isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import { isCut } from '../artifact/packed-tree.ts';
import { insidePath } from '../artifact/relative-path.ts';
import { placesOfScript } from '../diff/build-scripts.ts';
import { UNREADABLE } from '../diff/facts.ts';
import { loadedOtherwise, namesOfFiles } from '../diff/loaded-otherwise.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { sdistFiles } from '../samples/sample-artifact.ts';

const FETCHES =
  /\b(?:urllib\.request|requests\.(?:get|post)|urlopen|urlretrieve|httpx|http\.client|socket\.socket|ftplib)\b|\b(?:curl|wget)\s/;
const HIDES =
  /\b(?:exec|eval)\s*\(\s*(?:base64|zlib|codecs|marshal|bytes\.fromhex|__import__|compile|requests|urllib|b64decode)/;
const CLASSES = /\bcmdclass\b/;

const OWN_BACKEND = '[build-system]\nbuild-backend = "b"\nbackend-path = ["tools"]\n';

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'sdist-build-code',
  version: 5,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'A setup.py that fetches or hides code, a build backend that is new in the package itself, other code that either loads, or a script that pyproject.toml names: all run on every machine that installs from the source distribution',
  attack:
    'Installing an sdist runs its setup.py: a payload there needs nobody to import the package, as in the ctx 0.1.2..0.2.6 (PyPI) / PHPass (Packagist) kind of takeover (I09) and many a look-alike package',
  mend: 'Say in pyproject.toml what the package is, and publish wheels; fetch nothing while building',
  *check(view) {
    const { tree, change } = view;
    if (tree.layout !== 'sdist') return;
    yield* links(tree, change);
    yield* ownBackend(tree, change);
    yield* ownModules(tree, change);
    yield* buildParts(tree, change);
    yield* loadedParts(view);
    const file = tree.byPlace.get('setup.py');
    if (file === undefined) return;
    const known = change?.before.files.find((one) => one.place === 'setup.py');
    if (known?.sha256 === file.sha256 && known !== undefined) return;
    if (isCut(file, tree)) {
      yield {
        path: file.path,
        message: `setup.py has ${file.sizeBytes} bytes, of which the end is not read`,
      };
    }
    const problem = judge(Buffer.from(tree.texts.get('setup.py') ?? []).toString('latin1'));
    if (problem !== null) yield { path: file.path, ...problem };
  },
  examples: {
    bad: [
      {
        about: 'a setup.py that fetches',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({ 'setup.py': 'from urllib.request import urlopen\nurlopen(u)\n' }),
        }),
      },
      {
        about: 'a build backend that the package brings since this version',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'pyproject.toml': '[build-system]\nbuild-backend = "flit"\n' }),
          entries: sdistFiles({
            'pyproject.toml': '[build-system]\nbuild-backend = "b"\nbackend-path = ["."]\n',
            'b.py': '',
          }),
        }),
      },
      ...[
        'build-system = { build-backend = "b", backend-path = ["."] }\n',
        'build-system.build-backend = "b"\nbuild-system.backend-path = ["."]\n',
        '["build-system"]\nbuild-backend = "b"\n"backend\\u002dpath" = ["."]\n',
      ].map((toml) => ({
        about: `the same, as ${toml.split('\n', 1)[0]}`,
        make: () => ({
          kind: 'sdist' as const,
          before: sdistFiles({ 'pyproject.toml': '[build-system]\nbuild-backend = "flit"\n' }),
          entries: sdistFiles({ 'pyproject.toml': toml, 'b.py': '' }),
        }),
      })),
      {
        about: 'a setup.py that is a link',
        make: () => ({
          kind: 'sdist',
          entries: [
            ...sdistFiles({ 'a.txt': 'import os' }),
            {
              ...fileExample('aitbc_agent_sdk-1.2.3/setup.py', ''),
              kind: 'symlink',
              linkTarget: 'a.txt',
            },
          ],
        }),
      },
      {
        about: 'a pyproject.toml that nobody can read',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({ 'pyproject.toml': '[build-system\n' }),
        }),
      },
      {
        about: 'a setup.py that has begun to import the package',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'setup.py': 'import os\n', 'agent/boot.py': '' }),
          entries: sdistFiles({
            'setup.py': 'import os; import re, agent.boot\n',
            'agent/boot.py': '',
          }),
        }),
      },
      {
        about: 'a setup.py that hides what it runs',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({ 'setup.py': 'exec(base64.b64decode(x))' }),
        }),
      },
      ...['hatch_build.py', 'pdm_build.py', 'native/build.rs', 'setuptools.py', 'setup.py'].map(
        (name) => ({
          about: `${name}, which was not there`,
          make: () => ({
            kind: 'sdist' as const,
            before: sdistFiles({}),
            entries: sdistFiles({ [name]: '' }),
          }),
        }),
      ),
      {
        about: 'the backend of the package itself with other code',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'pyproject.toml': OWN_BACKEND, 'tools/b.py': '1' }),
          entries: sdistFiles({ 'pyproject.toml': OWN_BACKEND, 'tools/b.py': '2' }),
        }),
      },
      ...[
        'import tool\n',
        'from agent import version\n',
        `${call('exec')}open("agent/version.py").read())\n`,
      ].map((text) => ({
        about: `a setup.py as before, and other code that it loads by ${text.trim()}`,
        make: () => ({
          kind: 'sdist' as const,
          before: sdistFiles({ 'setup.py': text, 'tool.py': 'a', 'agent/version.py': 'a' }),
          entries: sdistFiles({ 'setup.py': text, 'tool.py': 'b.c', 'agent/version.py': 'b.c' }),
        }),
      })),
      {
        about: 'a script for the build that pyproject.toml names since this version',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'pyproject.toml': '[tool.poetry]\n', 'a.py': '1' }),
          entries: sdistFiles({
            'pyproject.toml': '[tool.poetry.build]\nscript = "a.py"\n',
            'a.py': '1',
          }),
        }),
      },
      ...[
        '[tool.poetry.build]\nscript = "a.py"\n',
        '[tool.hatch.build.hooks.custom]\npath = "a.py"\n',
        '[tool.pdm.version]\nsource = "call"\ngetter = "a:get"\n',
        '[tool.setuptools.dynamic]\nversion = { attr = "a.get" }\n',
      ].map((toml) => ({
        about: `other code in a script that is named by ${toml.split('\n', 1)[0]}`,
        make: () => ({
          kind: 'sdist' as const,
          before: sdistFiles({ 'pyproject.toml': toml, 'a.py': 'import re' }),
          entries: sdistFiles({ 'pyproject.toml': toml, 'a.py': 'import os' }),
        }),
      })),
      {
        about: 'another backend, which was required before',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'pyproject.toml': '[build-system]\nbuild-backend = "a"\n' }),
          entries: sdistFiles({ 'pyproject.toml': '[build-system]\nbuild-backend = "b"\n' }),
        }),
      },
    ],
    fine: [
      {
        about: 'a plain setup.py',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({ 'setup.py': 'from setuptools import setup\nsetup()\n' }),
        }),
      },
      {
        about: 'the backend of somebody else',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({
            'pyproject.toml':
              '[build-system]\nbuild-backend = "flit"\n[tool.a]\nbackend-path = ["."]\n',
          }),
        }),
      },
      {
        about: 'a setup.py that imports the package as before, and a module of others',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'setup.py': 'import agent\n', 'agent/__init__.py': '' }),
          entries: sdistFiles({ 'setup.py': 'import agent, re\n', 'agent/__init__.py': '' }),
        }),
      },
      {
        about: 'another version in a file that setup.py runs, and code that it only reads',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'setup.py': 'import tool\nread("a.py")\n', 'tool.py': 'v = "1"' }),
          entries: sdistFiles({
            'setup.py': 'import tool\nread("a.py")\n',
            'tool.py': 'v = "2"',
            'a.py': 'import os',
          }),
        }),
      },
      { about: 'none', make: () => ({ kind: 'sdist', entries: sdistFiles({ 'a.py': '' }) }) },
    ],
  },
};

/** What pip runs or reads where it builds. */
const BUILD_FILES = ['setup.py', 'pyproject.toml', 'setup.cfg'];

/** A link shows no text here, and pip follows it to one. */
function* links(
  tree: ArtifactView['tree'],
  change: ArtifactView['change'],
): Iterable<ArtifactProblem> {
  for (const place of BUILD_FILES) {
    const file = tree.byPlace.get(place);
    if (file?.form !== 'link') continue;
    yield {
      path: file.path,
      message: `${place} is a link: what builds the package stands elsewhere`,
    };
  }
  const before = new Set(change?.before.files.map((one) => one.place));
  for (const { place, path, form } of tree.files) {
    if (form !== 'link' || !isCode(place) || BUILD_FILES.includes(place)) continue;
    if (change === null || before.has(place)) continue;
    yield { path, message: 'code that is a link now: what is built is the text of another file' };
  }
  const path = tree.byPlace.get('pyproject.toml')?.path;
  if (tree.facts.get('build-requires') === UNREADABLE && path !== undefined) {
    yield {
      path,
      message: 'pyproject.toml cannot be read, so nobody knows what builds the package',
    };
  }
}

/** Modules of the package that setup.py has begun to import. */
function* ownModules(
  tree: ArtifactView['tree'],
  change: ArtifactView['change'],
): Iterable<ArtifactProblem> {
  const file = tree.byPlace.get('setup.py');
  const before = new Set(change?.before.facts.map(({ name }) => name));
  // a summary from before imports were told says nothing about them
  if (file === undefined || !before.has('build-requires')) return;
  for (const [name] of tree.facts) {
    if (!name.startsWith('build-imports.') || before.has(name)) continue;
    const module = name.slice('build-imports.'.length);
    const inner = module.replaceAll('.', '/');
    const place = [inner, inner.split('/', 1)[0] ?? ''].flatMap((one) => [
      `${one}.py`,
      `${one}/__init__.py`,
    ]);
    const isOwn = place.some((one) => tree.byPlace.has(one) || tree.byPlace.has(`src/${one}`));
    if (!isOwn) continue;
    const message = `setup.py imports ${quoteForeign(module)} of the package itself, which the version before did not`;
    yield { path: file.path, message, subject: name };
  }
}

/** Files that build backends run by their names: of Hatchling, PDM, Cargo, Meson and CMake. */
const RUN_BY_NAME =
  /^(?:hatch_build\.py|pdm_build\.py|(?:.+\/)?build\.rs|(?:.+\/)?\.cargo\/config(?:\.toml)?)$/;
/** Modules that a setup.py imports: beside it they take the place of those of others. */
const OF_OTHERS =
  /^(?:setuptools|distutils|wheel|pkg_resources|_distutils_hack|Cython|numpy|pybind11)(?:\.py|\/__init__\.py)$/;

/** What builds the package by its name alone, and is new or another in this version. */
function* buildParts(
  tree: ArtifactView['tree'],
  change: ArtifactView['change'],
): Iterable<ArtifactProblem> {
  if (change === null) return;
  const before = new Map(change.before.files.map(({ place, sha256 }) => [place, sha256]));
  const facts = new Map(change.before.facts.map(({ name, value }) => [name, value]));
  const backends = backendFiles(tree);
  for (const { place, path, sha256 } of tree.files) {
    if (before.get(place) === sha256) continue;
    const isBackend = backends.has(place) && facts.has('backend-path');
    const message = partMessage(place, !before.has(place), isBackend);
    if (message !== null) yield { path, message };
  }
  const known = facts.get('build-backend');
  const now = tree.facts.get('build-backend');
  const path = tree.byPlace.get('pyproject.toml')?.path;
  if (facts.has('build-requires') && known !== now && now !== undefined && path !== undefined) {
    const message = `pyproject.toml builds with ${quoteForeign(now)}, the version before with ${quoteForeign(known ?? 'setuptools')}`;
    yield { path, subject: 'build-backend', message };
  }
}

/** What known build code loads, and that is new or another. */
function* loadedParts(view: ArtifactView): Iterable<ArtifactProblem> {
  const { tree } = view;
  const runs = tree.files.filter((one) => RUN_BY_NAME.test(one.place)).map((one) => one.place);
  const named = [...tree.facts].filter(([name]) => name.startsWith('build-scripts.'));
  yield* namedAnew(named, view);
  const told = ['setup.py', ...backendFiles(tree), ...runs];
  const starts = [...told, ...named.flatMap(([, value]) => placesOfScript(value))];
  const others = loadedOtherwise(starts, view).filter((one) => !told.includes(one.place));
  const [first] = others;
  if (first === undefined) return;
  const message = `what builds the package loads ${namesOfFiles(others)}, which the version before had not so`;
  yield { path: first.path, subject: 'build-loads', message };
}

/** Code of the package that pyproject.toml has begun to have run. */
function* namedAnew(
  named: readonly (readonly [name: string, value: string])[],
  { tree, change }: ArtifactView,
): Iterable<ArtifactProblem> {
  const path = tree.byPlace.get('pyproject.toml')?.path;
  const before = new Map(change?.before.facts.map(({ name, value }) => [name, value]));
  // a summary from before these were told says nothing about them
  if (path === undefined || !before.has('build-scripts')) return;
  for (const [name, value] of named) {
    if (before.get(name) === value) continue;
    const message = `pyproject.toml has ${quoteForeign(value)} run while the package is built, which the version before had not so`;
    yield { path, subject: name, message };
  }
}

function partMessage(place: string, isNew: boolean, isBackend: boolean): string | null {
  if (RUN_BY_NAME.test(place) || isBackend) {
    return `this file builds the package, and is ${isNew ? 'new' : 'another'}`;
  }
  if (!isNew) return null;
  if (place === 'setup.py') return 'setup.py is new: it runs wherever this is installed';
  return OF_OTHERS.test(place)
    ? 'beside setup.py it takes the place of a module that builds packages'
    : null;
}

/** Where the backend of the package itself may lie. */
function backendFiles({ facts }: ArtifactView['tree']): ReadonlySet<string> {
  const path = facts.get('backend-path');
  if (path === undefined) return new Set();
  const module = (/^[\w.]+/.exec(facts.get('build-backend') ?? '')?.[0] ?? '').replaceAll('.', '/');
  const folders = [...path.matchAll(/"([^"\\]{1,200})"/g)].map(([, one = '']) => insidePath(one));
  return new Set(
    folders.flatMap((folder) => {
      const start = folder === null || folder === '.' ? '' : `${folder}/`;
      return [`${start}${module}.py`, `${start}${module}/__init__.py`];
    }),
  );
}

/** `backend-path` of pyproject.toml: the package brings the code that builds it. */
function* ownBackend(
  tree: ArtifactView['tree'],
  change: ArtifactView['change'],
): Iterable<ArtifactProblem> {
  const path = tree.facts.get('backend-path');
  const file = tree.byPlace.get('pyproject.toml');
  if (path === undefined || file === undefined) return;
  const known = change?.before.facts.find((one) => one.name === 'backend-path')?.value;
  const isKnown = known === path;
  const backend = tree.facts.get('build-backend') ?? 'its backend';
  yield {
    path: file.path,
    message: `pyproject.toml builds with ${quoteForeign(backend)} of the package itself, in ${quoteForeign(path)}`,
    subject: 'backend-path',
    ...(change === null || isKnown ? { effect: 'note', severity: 'low' } : {}),
  };
}

function judge(text: string): Pick<ArtifactProblem, 'message' | 'effect' | 'severity'> | null {
  if (HIDES.test(text)) {
    return { message: 'setup.py runs code that it decodes first', effect: 'reject' };
  }
  if (FETCHES.test(text)) return { message: 'setup.py fetches something while it builds' };
  return CLASSES.test(text)
    ? { message: 'setup.py has build commands of its own', effect: 'note', severity: 'low' }
    : null;
}
