import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { sdistFiles } from '../sample-artifact.ts';

const FETCHES =
  /\b(?:urllib\.request|requests\.(?:get|post)|urlopen|urlretrieve|httpx|http\.client|socket\.socket|ftplib)\b|\b(?:curl|wget)\s/;
const HIDES =
  /\b(?:exec|eval)\s*\(\s*(?:base64|zlib|codecs|marshal|bytes\.fromhex|__import__|compile|requests|urllib|b64decode)/;
const CLASSES = /\bcmdclass\b/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'sdist-build-code',
  version: 2,
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
    yield* ownBackend(tree, change);
    const file = tree.byPlace.get('setup.py');
    if (file === undefined) return;
    const known = change?.before.files.find((one) => one.place === 'setup.py');
    if (known?.sha256 === file.sha256 && known !== undefined) return;
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
      { about: 'none', make: () => ({ kind: 'sdist', entries: sdistFiles({ 'a.py': '' }) }) },
    ],
  },
};

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
