import type { ArtifactProblem, ArtifactRule } from '../rule.ts';
import { sdistFiles } from '../sample-artifact.ts';

const FETCHES =
  /\b(?:urllib\.request|requests\.(?:get|post)|urlopen|urlretrieve|httpx|http\.client|socket\.socket|ftplib)\b|\b(?:curl|wget)\s/;
const HIDES =
  /\b(?:exec|eval)\s*\(\s*(?:base64|zlib|codecs|marshal|bytes\.fromhex|__import__|compile|requests|urllib|b64decode)/;
const CLASSES = /\bcmdclass\b/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'sdist-build-code',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'A setup.py that fetches or hides code, which runs on every machine that installs from the source distribution',
  attack:
    'Installing an sdist runs its setup.py: a payload there needs nobody to import the package, as in the ctx 0.1.2..0.2.6 (PyPI) / PHPass (Packagist) kind of takeover (I09) and many a look-alike package',
  mend: 'Say in pyproject.toml what the package is, and publish wheels; fetch nothing while building',
  *check({ tree, change }) {
    const file = tree.byPlace.get('setup.py');
    if (tree.layout !== 'sdist' || file === undefined) return;
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
      { about: 'none', make: () => ({ kind: 'sdist', entries: sdistFiles({ 'a.py': '' }) }) },
    ],
  },
};

function judge(text: string): Pick<ArtifactProblem, 'message' | 'effect' | 'severity'> | null {
  if (HIDES.test(text)) {
    return { message: 'setup.py runs code that it decodes first', effect: 'reject' };
  }
  if (FETCHES.test(text)) return { message: 'setup.py fetches something while it builds' };
  return CLASSES.test(text)
    ? { message: 'setup.py has build commands of its own', effect: 'note', severity: 'low' }
    : null;
}
