import type { ArtifactRule } from '../rule.ts';
import { sdistFiles, wheelFiles } from '../sample-artifact.ts';

/** Folders of a wheel's data whose files land in site-packages itself, as its own top does. */
const SITE_FOLDER =
  /^\.data\/(?:purelib\/|platlib\/|data\/(?:lib(?:64)?\/python[0-9.]+t?|[Ll]ib)\/site-packages\/)/;
/** What `import` takes for this module: a source, bytecode, or code for a processor with any tag. */
const HOOK_MODULE =
  /^(?:sitecustomize|usercustomize)(?:\.pyc?|\.pyd|\.so|\.[A-Za-z0-9_-]+\.(?:pyd|so)|\/__init__\.(?:pyc?|[A-Za-z0-9_.-]*(?:pyd|so)))$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'interpreter-start-file',
  version: 2,
  category: 'content',
  severity: 'critical',
  effect: 'reject',
  about:
    'Files of a wheel that every start of Python runs, imported or not: `.pth` with an import line, `.start` (PEP 829), sitecustomize and usercustomize in every form',
  attack:
    'The code runs wherever the package is merely installed: litellm_init.pth in litellm 1.82.7 / 1.82.8 (I36), elementary.pth in elementary-data 0.23.3 (PyPI + image) (I41)',
  mend: 'Do the work when the module is imported; a tool that needs the hook waives the rule',
  *check({ tree, change }) {
    if (tree.layout !== 'wheel') return;
    for (const file of tree.files) {
      const message = problemOf(siteName(file.place), tree.texts.get(file.place));
      if (message === null) continue;
      const known = change?.before.files.find((one) => one.place === file.place);
      yield known !== undefined && known.sha256 === file.sha256
        ? { path: file.path, message: `${message}, as before`, effect: 'note', severity: 'low' }
        : { path: file.path, message };
    }
  },
  examples: {
    bad: [
      {
        about: 'a .pth file with code',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'agent_init.pth': 'import base64; exec(1)\n' }),
        }),
      },
      {
        about: 'the same in the data folder of a wheel',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'aitbc_agent_sdk-1.2.3.data/purelib/a.pth': '\nimport\tos\n' }),
        }),
      },
      {
        about: 'a module that Python starts with',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'sitecustomize.py': '' }) }),
      },
      {
        about: 'the same as code for a processor',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'sitecustomize.cpython-314-x86_64-linux-gnu.so': '\x7fELF\0' }),
        }),
      },
      {
        about: 'the same, by way of the folder of the interpreter',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'aitbc_agent_sdk-1.2.3.data/data/lib/python3.14/site-packages/a.pth': 'import os\n',
          }),
        }),
      },
      {
        about: 'a list of what is called at every start',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'agent.start': '# starts\nagent.boot:main\n' }),
        }),
      },
    ],
    fine: [
      {
        about: 'a .pth file that names folders',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'agent.pth': 'agent/lib\n' }) }),
      },
      {
        about: 'a list of starts with nothing in it',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'agent.start': '# nothing\n\n' }) }),
      },
      {
        about: 'a module of this name in a package',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'agent/sitecustomize.py': '' }) }),
      },
      {
        about: 'a model with this ending in a folder',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'agent/model.pth': 'import x' }) }),
      },
      {
        about: 'a source distribution, which is not installed as it stands',
        make: () => ({ kind: 'sdist', entries: sdistFiles({ 'a.pth': 'import x' }) }),
      },
    ],
  },
};

/** The path below site-packages; null for what lands elsewhere. */
function siteName(place: string): string | null {
  const bare = place.replace(SITE_FOLDER, '');
  return bare.startsWith('.data/') ? null : bare;
}

function problemOf(name: string | null, content: Uint8Array | undefined): string | null {
  if (name === null) return null;
  if (HOOK_MODULE.test(name)) return 'Python imports this module at every start';
  if (name.includes('/')) return null;
  if (name.endsWith('.pth') && runsImport(textOf(content))) {
    return 'a line of this .pth file begins with import: Python runs it at every start';
  }
  return name.endsWith('.start') && /^[ \t]*[^#\s]/m.test(textOf(content))
    ? 'Python from 3.15 on calls what this .start file names at every start'
    : null;
}

/** Without the mark and the zeros of UTF-16. */
function textOf(content: Uint8Array | undefined): string {
  return Buffer.from(content ?? [])
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
}

/** site.py runs lines that begin with `import` and a blank. */
function runsImport(text: string): boolean {
  return /^import[ \t]/m.test(text);
}
