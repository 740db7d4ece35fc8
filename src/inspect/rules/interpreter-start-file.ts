import { fileExample } from '../artifact/packed-file.ts';
import { isCut, type PackedFile, type PackedTree } from '../artifact/packed-tree.ts';
import { pythonLines } from '../diff/python-lines.ts';
import type { ArtifactRule } from '../rule.ts';
import { sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

/** Folders of a wheel's data whose files land in site-packages itself, as its own top does. */
const SITE_FOLDER =
  /^\.data\/(?:purelib\/|platlib\/|data\/(?:(?:local\/)?lib(?:64)?\/(?:python|pypy)[0-9.]*t?|[Ll]ib)\/(?:site|dist)-packages\/)/i;
/** The library of Python itself: what lies there replaces it, for every program. */
const STANDARD_LIBRARY =
  /^\.data\/data\/(?:lib(?:64)?\/python[0-9.]*t?|Lib)\/(?!(?:site|dist)-packages\/|config-|test\/)(?:.*\.(?:py|pyc|so|pyd|pth)$)/i;
/** What `import` takes for this module: a source, bytecode, or code for a processor with any tag. */
const HOOK_MODULE =
  /^(?:sitecustomize|usercustomize)(?:\.pyc?|\.pyd|\.so|\.[A-Za-z0-9_-]+\.(?:pyd|so)|\/__init__\.(?:pyc?|[A-Za-z0-9_.-]*(?:pyd|so)))$/;
/** The same below any folder. */
const HOOK_INSIDE = new RegExp(HOOK_MODULE.source.replace('^', '(?:^|/)'));
/** What site.py runs of a .pth file; it splits lines as `str.splitlines` does since 3.13. */
const IMPORTS = /^import[ \t]/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'interpreter-start-file',
  version: 5,
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
    const opensFolders = tree.files.some((one) => addsFolder(one, tree));
    for (const file of tree.files) {
      const message = problemOf(file, tree, opensFolders);
      if (message === null) continue;
      const known = change?.before.files.find((one) => one.place === file.place);
      if (known !== undefined && known.sha256 === file.sha256) {
        const effect = { effect: 'note', severity: 'low' } as const;
        yield { path: file.path, message: `${message}, as before`, ...effect };
      } else if (message === NAMESPACE) {
        yield { path: file.path, message, effect: 'hold', severity: 'medium' };
      } else yield { path: file.path, message };
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
        about: 'a namespace as setuptools declares it, and more behind it',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'agent-nspkg.pth':
              'import sys, types, os;(p not in mp) and mp.append(p);__import__("agent")\n',
          }),
        }),
      },
      {
        about: 'such a namespace alone, which is held',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'agent-nspkg.pth':
              "import sys, types, os;m = m or sys.modules.setdefault('agent', types.ModuleType('agent'))\n",
          }),
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
      ...['lib/python3.14/site.py', 'Lib/sitecustomize.py', 'LIB/Site-Packages/a.pth'].map(
        (name) => ({
          about: `${name} beside the interpreter`,
          make: () => ({
            kind: 'wheel' as const,
            entries: wheelFiles({ [`aitbc_agent_sdk-1.2.3.data/data/${name}`]: 'import os\n' }),
          }),
        }),
      ),
      {
        about: 'a list of what is called at every start',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'agent.start': '# starts\nagent.boot:main\n' }),
        }),
      },
      ...['\f', '\x1c', '\u0085', '\u2028', '\r'].map((end) => ({
        about: `an import behind U+${end.charCodeAt(0).toString(16).padStart(4, '0')}, which ends a line`,
        make: () => ({
          kind: 'wheel' as const,
          entries: wheelFiles({
            'a.pth': Buffer.from(`agent${end}import os\n`).toString('latin1'),
          }),
        }),
      })),
      {
        about: 'a .pth file that is a link, which pip unpacks as a file',
        make: () => ({
          kind: 'wheel',
          entries: [
            ...wheelFiles({}),
            { ...fileExample('a.pth', ''), kind: 'symlink', linkTarget: 'import os' },
          ],
        }),
      },
      {
        about: 'a module of this name in a folder that a .pth file adds',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'a.pth': 'agent/lib\n', 'agent/lib/sitecustomize.py': '' }),
        }),
      },
      {
        about: 'a .pth file in the folder of a distribution',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'aitbc_agent_sdk-1.2.3.data/data/lib/python3/dist-packages/a.pth': 'import os\n',
          }),
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

const NAMESPACE =
  'this .pth file declares a namespace, by the lines that setuptools writes; Python runs them at every start';

const NAME = "'[A-Za-z_][A-Za-z0-9_.]{0,80}'";
/** What those lines are made of (`pkg_resources` namespaces): they make an empty module and add a
 * folder to its path, and run nothing of the package. */
const NAMESPACE_PARTS: readonly RegExp[] = [
  'import sys, types, os',
  'has_mfs = sys\\.version_info > \\(3, 5\\)',
  `p = os\\.path\\.join\\(sys\\._getframe\\(1\\)\\.f_locals\\['sitedir'\\], \\*\\(${NAME}(?:, ${NAME}){0,8},?\\)\\)`,
  "importlib = (?:has_mfs and )?__import__\\('importlib\\.util'\\)",
  "(?:has_mfs and )?__import__\\('importlib\\.machinery'\\)",
  `m = (?:has_mfs and )?sys\\.modules\\.setdefault\\(${NAME}, importlib\\.util\\.module_from_spec\\(importlib\\.machinery\\.PathFinder\\.find_spec\\(${NAME}, \\[os\\.path\\.dirname\\(p\\)\\]\\)\\)\\)`,
  `m = m or sys\\.modules\\.setdefault\\(${NAME}, types\\.ModuleType\\(${NAME}\\)\\)`,
  "mp = \\(m or \\[\\]\\) and m\\.__dict__\\.setdefault\\('__path__',\\[\\]\\)",
  '\\(p not in mp\\) and mp\\.append\\(p\\)',
  `m and setattr\\(sys\\.modules\\[${NAME}\\], ${NAME}, m\\)`,
].map((source) => new RegExp(`^${source}$`));

/** Whether a line is nothing but such parts. */
function declaresNamespace(line: string): boolean {
  return line.split(';').every((part) => NAMESPACE_PARTS.some((one) => one.test(part)));
}

/** The path below site-packages; null for what lands elsewhere. */
function siteName(place: string): string | null {
  const bare = place.replace(SITE_FOLDER, '');
  return bare.startsWith('.data/') ? null : bare;
}

function problemOf(file: PackedFile, tree: PackedTree, opensFolders: boolean): string | null {
  if (STANDARD_LIBRARY.test(file.place)) {
    return 'it is unpacked into the library of Python itself, in place of what is there';
  }
  const name = siteName(file.place);
  if (name === null) return null;
  if (HOOK_MODULE.test(name)) return 'Python imports this module at every start';
  if (name.includes('/')) {
    return opensFolders && HOOK_INSIDE.test(name)
      ? 'Python imports this module at every start, since a .pth file adds folders to its path'
      : null;
  }
  const isList = name.endsWith('.pth') || name.endsWith('.start');
  // pip makes a file of a link, with the target as its text
  if (isList && file.form === 'link')
    return 'a link that pip unpacks as a file that Python starts with';
  if (isList && isCut(file, tree))
    return 'a file that Python starts with, of which the end is not read';
  const lines = linesOf(tree.texts.get(file.place));
  const started = name.endsWith('.pth') ? lines.filter((line) => IMPORTS.test(line)) : [];
  if (started.length > 0) {
    if (started.every(declaresNamespace)) return NAMESPACE;
    return 'a line of this .pth file begins with import: Python runs it at every start';
  }
  return name.endsWith('.start') && lines.some((line) => /^[ \t]*[^#\s]/.test(line))
    ? 'Python from 3.15 on calls what this .start file names at every start'
    : null;
}

/** Whether it is a .pth file that site.py reads, with a line that is a folder. */
function addsFolder({ place }: PackedFile, { texts }: PackedTree): boolean {
  const name = siteName(place);
  if (name === null || name.includes('/') || !name.endsWith('.pth')) return false;
  return linesOf(texts.get(place)).some((line) => /^[^#\s]/.test(line) && !IMPORTS.test(line));
}

/** As site.py reads them: in UTF-8, or else in the encoding of the machine, of which Latin-1 stands
 * for all; without the mark and the zeros of UTF-16. */
function linesOf(content: Uint8Array | undefined): readonly string[] {
  const bytes = Buffer.from(content ?? []);
  return (['utf8', 'latin1'] as const).flatMap((encoding) =>
    pythonLines(
      bytes
        .toString(encoding)
        .replaceAll('\0', '')
        .replace(/^(?:\ufeff|\xef\xbb\xbf|\xff\xfe|\xfe\xff|\ufffd\ufffd)/, ''),
    ),
  );
}
