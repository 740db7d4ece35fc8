import { quoteForeign } from '../../formats/text.ts';
import { isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import { isCut } from '../artifact/packed-tree.ts';
import { UNREADABLE } from '../diff/facts.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { sdistFiles } from '../samples/sample-artifact.ts';

const FETCHES =
  /\b(?:urllib\.request|requests\.(?:get|post)|urlopen|urlretrieve|httpx|http\.client|socket\.socket|ftplib)\b|\b(?:curl|wget)\s/;
const HIDES =
  /\b(?:exec|eval)\s*\(\s*(?:base64|zlib|codecs|marshal|bytes\.fromhex|__import__|compile|requests|urllib|b64decode)/;
const CLASSES = /\bcmdclass\b/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'sdist-build-code',
  version: 3,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'A setup.py that fetches or hides code, or a build backend that is new in the package itself: both run on every machine that installs from the source distribution',
  attack:
    'Installing an sdist runs its setup.py: a payload there needs nobody to import the package, as in the ctx 0.1.2..0.2.6 (PyPI) / PHPass (Packagist) kind of takeover (I09) and many a look-alike package',
  mend: 'Say in pyproject.toml what the package is, and publish wheels; fetch nothing while building',
  *check({ tree, change }) {
    if (tree.layout !== 'sdist') return;
    yield* links(tree, change);
    yield* ownBackend(tree, change);
    yield* ownModules(tree, change);
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
